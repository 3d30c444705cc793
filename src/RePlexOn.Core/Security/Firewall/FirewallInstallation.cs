namespace RePlexOn.Security.Firewall;

/// <summary>Puts rules into the kernel and into the files, both or neither.</summary>
internal sealed class FirewallInstallation(FirewallFiles files, FirewallUnit unit, IFirewallTool tool)
{
    /// <summary>Puts rules in the place of those that there are.</summary>
    /// <exception cref="RePlexOnException">It was not done, and all is as before.</exception>
    public async Task PutAsync(FirewallRules? before, FirewallRules after, CancellationToken cancellationToken)
    {
        if (after.IsEmpty && before is null) return;
        if (!after.IsEmpty) await tool.CheckAsync(after, cancellationToken);

        IReadOnlyDictionary<string, byte[]> filesBefore = files.Read();
        try
        {
            // From here on it is done to the end: cut off in the middle, kernel and files would not agree.
            if (after.IsEmpty) await RemoveAsync();
            else await InstallAsync(before, after);
        }
        catch
        {
            files.PutBack(filesBefore);
            await PutBackAsync(before);
            throw;
        }
    }

    private async Task InstallAsync(FirewallRules? before, FirewallRules after)
    {
        files.Write(after, tool);
        await unit.StartAsync(CancellationToken.None);
        if (await ChangesBlocksAloneAsync(before, after)) return;
        await tool.ApplyAsync(after, CancellationToken.None);
    }

    private async Task RemoveAsync()
    {
        await unit.StopAsync(CancellationToken.None);
        files.Remove();
        await tool.RemoveAsync(CancellationToken.None);
        await unit.ForgetAsync(CancellationToken.None);
    }

    private async Task<bool> ChangesBlocksAloneAsync(FirewallRules? before, FirewallRules after)
    {
        if (before is null || !(before with { Blocked = [] }).ToJson().AsSpan().SequenceEqual((after with { Blocked = [] }).ToJson())) return false;
        BlockedAddress[] gone = [.. before.Blocked.Except(after.Blocked)], come = [.. after.Blocked.Except(before.Blocked)];
        return gone.Length + come.Length > 0 && await tool.TryChangeBlocksAsync(gone, come, CancellationToken.None);
    }

    private async Task PutBackAsync(FirewallRules? before)
    {
        try
        {
            if (before is null) await tool.RemoveAsync(CancellationToken.None);
            else await tool.ApplyAsync(before, CancellationToken.None);
        }
        catch (RePlexOnException)
        {
            // What made it fail is what a person has to know; the files are as before, and so is the next start of the machine.
        }
    }
}
