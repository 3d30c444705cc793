using System.Buffers.Binary;
using System.Numerics;

namespace RePlexOn.Files;

/// <summary>CRC-32C (Castagnoli), which processors compute themselves: it finds every single damaged byte and nearly all else.</summary>
internal struct Crc32C()
{
    private uint _state = uint.MaxValue;

    public readonly uint Value => ~_state;

    public void Append(ReadOnlySpan<byte> data)
    {
        var state = _state;
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(data));
        foreach (var value in data)
            state = BitOperations.Crc32C(state, value);
        _state = state;
    }
}
