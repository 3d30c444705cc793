namespace RePlexOn.Files;

/// <summary>Numbers the devices that the workers of one scan meet; there are few.</summary>
internal sealed class DeviceTable
{
    private readonly List<ulong> _devices = [];

    public int IndexOf(ulong device)
    {
        lock (_devices)
        {
            var index = _devices.IndexOf(device);
            if (index >= 0)
                return index;
            _devices.Add(device);
            return checked((ushort)(_devices.Count - 1));
        }
    }

    public ulong[] ToArray()
    {
        lock (_devices)
            return [.. _devices];
    }
}
