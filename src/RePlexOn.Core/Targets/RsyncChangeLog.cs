using System.Security.Cryptography;
using System.Text;

namespace RePlexOn.Targets;

/// <summary>
/// A file in which rsync notes itself what it does, with the sums of what it sends: lines on its output would wake this
/// process for every file. A random mark stands around each note, so that no name of a file can pass for one.
/// </summary>
/// <param name="path">The file; rsync makes it.</param>
public sealed class RsyncChangeLog(string path)
{
    private const int BlockSize = 256 * 1024;

    private readonly string _mark = RandomNumberGenerator.GetHexString(12);

    /// <summary>The arguments that make rsync write it.</summary>
    internal string[] Arguments => [$"--log-file={path}", $"--log-file-format={_mark}( %i %l %C %n ){_mark}"];

    /// <summary>Reads the notes, in the order in which they were written, and removes the file.</summary>
    /// <param name="kind">The kind of sum that the two sides agreed on; null where none is known, and no sum is told.</param>
    /// <param name="onRecord">Gets each.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal void Take(FileSumKind? kind, Action<RsyncRecord> onRecord, CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) return;
        using (FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0))
        {
            byte[] block = new byte[BlockSize];
            int held = 0;
            while (file.Read(block, held, block.Length - held) is > 0 and int read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                held += read;
                int used = TakeWhole(block.AsSpan(0, held), kind, onRecord);
                block.AsSpan(used, held - used).CopyTo(block);
                held -= used;
            }
        }

        File.Delete(path);
    }

    /// <summary>Takes the notes that lie whole in a block.</summary>
    /// <returns>How much of the block is done with.</returns>
    private int TakeWhole(ReadOnlySpan<byte> block, FileSumKind? kind, Action<RsyncRecord> onRecord)
    {
        ReadOnlySpan<byte> opening = Encoding.ASCII.GetBytes($"{_mark}( "), closing = Encoding.ASCII.GetBytes($" ){_mark}\n");
        int done = 0;
        while (block[done..].IndexOf(opening) is >= 0 and int start)
        {
            int note = done + start + opening.Length;
            int length = block[note..].IndexOf(closing);
            if (length < 0) return start + done == 0 && block.Length == BlockSize ? BlockSize : done + start;

            // One that rsync has cut off, for a path beyond all bounds, has no end of its own.
            int next = block.Slice(note, length).IndexOf(opening);
            if (next < 0 && RsyncRecord.Read(block.Slice(note, length), kind, out RsyncRecord record)) onRecord(record);
            done = note + (next < 0 ? length + closing.Length : next);
        }

        return Math.Max(done, block.Length - opening.Length);
    }
}
