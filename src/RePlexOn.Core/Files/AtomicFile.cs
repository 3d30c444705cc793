namespace RePlexOn.Files;

/// <summary>Replaces a file so that a reader, or a power cut, meets either the old content or the new one.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Writes the file; folders that are missing are made for the current user alone (0700). Throws what the file system
    /// throws, and leaves nothing behind then.
    /// </summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="content">The whole content.</param>
    /// <param name="mode">The file's mode, whatever the umask.</param>
    /// <param name="owner">The file's owner; null for the current user.</param>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode, FileOwner? owner = null)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder, PrivateMode.Folder);
        var temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = PrivateMode.File };
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(content);
                owner?.ApplyTo(temporary);
                File.SetUnixFileMode(stream.SafeFileHandle, mode);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
