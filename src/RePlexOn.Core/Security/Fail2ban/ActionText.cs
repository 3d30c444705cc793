namespace RePlexOn.Security.Fail2ban;

/// <summary>
/// The actions: what is done to shut an address out and let it in again. Packets are met before Docker rewrites their
/// destination, so that a published port is shut like one of the host's own.
/// </summary>
internal static class ActionText
{
    /// <summary>The name of nftables' table, and of iptables' chain.</summary>
    public const string Name = "replexon-f2b";

    /// <summary>The file's text.</summary>
    public static string For(Fail2banAction action) => action == Fail2banAction.Iptables ? Iptables : Nftables;

    private const string Head = $"""
        {Fail2banFolder.Mark} Uninstall-PlexFail2banJail (replexon fail2ban uninstall) takes it back.
        # A banned address is met before Docker's rules are, so that published ports are shut to it too.

        """;

    private const string Nftables = Head + $$"""
        [Definition]
        actionstart = nft add table inet {{Name}}
                      nft add set inet {{Name}} banned4 '{ type ipv4_addr; }'
                      nft add set inet {{Name}} banned6 '{ type ipv6_addr; }'
                      nft add chain inet {{Name}} prerouting '{ type filter hook prerouting priority -160; }'
                      nft flush chain inet {{Name}} prerouting
                      nft add rule inet {{Name}} prerouting tcp dport '{ <port> }' ip saddr @banned4 counter drop
                      nft add rule inet {{Name}} prerouting tcp dport '{ <port> }' ip6 saddr @banned6 counter drop
        actionstop = nft delete table inet {{Name}}
        actioncheck = nft list chain inet {{Name}} prerouting
        actionflush = nft flush set inet {{Name}} banned4
                      nft flush set inet {{Name}} banned6
        actionban = case '<ip>' in *:*) family=6;; *) family=4;; esac; nft add element inet {{Name}} banned$family '{ <ip> }'
        actionunban = case '<ip>' in *:*) family=6;; *) family=4;; esac; nft delete element inet {{Name}} banned$family '{ <ip> }'

        """;

    private const string Iptables = Head + $$"""
        [Definition]
        actionstart = for program in iptables ip6tables; do
                      $program -w -t mangle -N {{Name}} 2>/dev/null || $program -w -t mangle -F {{Name}}
                      $program -w -t mangle -C PREROUTING -p tcp -m multiport --dports <port> -j {{Name}} 2>/dev/null || $program -w -t mangle -I PREROUTING -p tcp -m multiport --dports <port> -j {{Name}} || test "$program" = ip6tables -a ! -e /proc/net/if_inet6
                      done
        actionstop = for program in iptables ip6tables; do
                     $program -w -t mangle -D PREROUTING -p tcp -m multiport --dports <port> -j {{Name}}
                     $program -w -t mangle -F {{Name}}
                     $program -w -t mangle -X {{Name}} || test "$program" = ip6tables -a ! -e /proc/net/if_inet6
                     done
        actioncheck = iptables -w -t mangle -n -L {{Name}} >/dev/null
        actionflush = for program in iptables ip6tables; do $program -w -t mangle -F {{Name}} || test "$program" = ip6tables -a ! -e /proc/net/if_inet6; done
        actionban = case '<ip>' in *:*) program=ip6tables;; *) program=iptables;; esac; $program -w -t mangle -I {{Name}} 1 -s '<ip>' -j DROP
        actionunban = case '<ip>' in *:*) program=ip6tables;; *) program=iptables;; esac; $program -w -t mangle -D {{Name}} -s '<ip>' -j DROP

        """;
}
