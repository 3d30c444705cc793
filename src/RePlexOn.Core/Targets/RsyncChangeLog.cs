using System.Security.Cryptography;
using System.Text;

namespace RePlexOn.Targets;

/// <summary>
/// A file in which rsync notes itself what it does, with the sums of what it sends: lines on its output would wake this
/// process for every file. A random mark stands around each note, so that no name of a file can pass for one.
/// </summary>
public sealed class RsyncChangeLog
{
    private const int BlockSize = 256 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly string _path;
    private readonly RsyncRecordHandler _onRecord;
    private readonly string _mark = RandomNumberGenerator.GetHexString(12);

    /// <summary>Names the file.</summary>
    /// <param name="path">The file; rsync makes it.</param>
    /// <param name="onRecord">Gets each note while rsync goes on, one at a time, on threads of its own.</param>
    internal RsyncChangeLog(string path, RsyncRecordHandler onRecord) => (_path, _onRecord) = (path, onRecord);

    /// <summary>The arguments that make rsync write it.</summary>
    internal string[] Arguments => [$"--log-file={_path}", $"--log-file-format={_mark}( %i %l %C %n ){_mark}"];

    /// <summary>Reads the notes of one run as they are written, and removes the file when rsync has ended.</summary>
    /// <param name="writing">The run.</param>
    /// <param name="kind">The kind of sum that the two sides agreed on; null until that is known, and where no sum is told.</param>
    internal async Task FollowAsync(Task writing, Func<FileSumKind?> kind)
    {
        FileStream? file = null;
        try
        {
            byte[] block = new byte[BlockSize];
            int held = 0;
            bool ended;
            do
            {
                await Task.WhenAny(writing, Task.Delay(Interval));
                // Looked at before reading: once it has ended, what is there is all.
                ended = writing.IsCompleted;
                if (writing.IsFaulted || writing.IsCanceled || (kind() is null && !ended)) continue;

                file ??= Open();
                while (file?.Read(block, held, block.Length - held) is > 0 and int read)
                {
                    held += read;
                    int used = TakeWhole(block.AsSpan(0, held), kind());
                    block.AsSpan(used, held - used).CopyTo(block);
                    held -= used;
                }
            }
            while (!ended);
        }
        finally
        {
            file?.Dispose();
            File.Delete(_path);
        }
    }

    private FileStream? Open() =>
        File.Exists(_path) ? new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0) : null;

    /// <summary>Takes the notes that lie whole in a block.</summary>
    /// <returns>How much of the block is done with.</returns>
    private int TakeWhole(ReadOnlySpan<byte> block, FileSumKind? kind)
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
            if (next < 0 && RsyncRecord.Read(block.Slice(note, length), kind, out RsyncRecord record)) _onRecord(in record);
            done = note + (next < 0 ? length + closing.Length : next);
        }

        return Math.Max(done, block.Length - opening.Length);
    }
}
