using System.Text.Json.Serialization;
using System.Text.Json;
using RePlexOn.Files;
using RePlexOn.History;

namespace RePlexOn.Backup;

/// <summary>Who holds the lock, as the lock file says it. Only a note: the lock itself is the kernel's.</summary>
/// <param name="Process">The process that runs.</param>
/// <param name="Since">When it took the lock.</param>
/// <param name="What">What it does, such as <c>Mirror</c>.</param>
/// <param name="RunId">The run's id, if it has one.</param>
internal sealed record LockRecord(ProcessStamp Process, DateTimeOffset Since, string What, string? RunId)
{
    /// <summary>Reads the note; null where there is none, or it is being written just now.</summary>
    internal static LockRecord? Read(FileLock file)
    {
        var bytes = new byte[RandomAccess.GetLength(file.Handle)];
        var length = RandomAccess.Read(file.Handle, bytes, fileOffset: 0);
        try
        {
            return length == 0 ? null : JsonSerializer.Deserialize(bytes.AsSpan(0, length), LockRecordJson.Default.LockRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes it in place of what is there.</summary>
    internal void Write(FileLock file)
    {
        Clear(file);
        RandomAccess.Write(
            file.Handle, JsonSerializer.SerializeToUtf8Bytes(this, LockRecordJson.Default.LockRecord), fileOffset: 0);
    }

    /// <summary>Leaves no note.</summary>
    internal static void Clear(FileLock file) => RandomAccess.SetLength(file.Handle, 0);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LockRecord))]
internal sealed partial class LockRecordJson : JsonSerializerContext;
