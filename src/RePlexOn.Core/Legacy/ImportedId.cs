using System.Security.Cryptography;
using System.Text;

namespace RePlexOn.Legacy;

/// <summary>Names for runs read elsewhere: the same run has the same name however often, and from whatever copy, it is read.</summary>
internal static class ImportedId
{
    private const string Namespace = "replexon/imported/1";

    /// <summary>A UUID of version 8, of what tells the run from others.</summary>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        string text = string.Join('\n', [Namespace, .. parts]);
        byte[] bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
