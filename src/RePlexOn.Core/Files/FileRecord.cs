using System.Runtime.InteropServices;

namespace RePlexOn.Files;

/// <summary>One entry as it lies in memory and in the index file: 64 bytes, its name apart.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8, Size = 64)]
internal struct FileRecord
{
    private const int TypeMask = 0xF000;
    private const int TypeDirectory = 0x4000;
    private const int TypeRegular = 0x8000;
    private const int TypeSymbolicLink = 0xA000;
    private const int TypeCharacterDevice = 0x2000;
    private const int TypeBlockDevice = 0x6000;

    public long Size;
    public long ModifiedNs;
    public long ChangedNs;
    public ulong Inode;

    /// <summary>Index of the folder it lies in; the root is its own.</summary>
    public int Parent;

    /// <summary>Index after the last entry beneath it.</summary>
    public int End;

    public uint NameOffset;
    public uint Links;
    public uint UserId;
    public uint GroupId;
    public ushort Mode;

    /// <summary>Index into the tree's table of devices.</summary>
    public ushort Device;

    /// <summary>Length of the name; no file system of Linux allows more than 255 bytes.</summary>
    public byte NameLength;

    public readonly bool IsDirectory => (Mode & TypeMask) == TypeDirectory;

    public readonly bool IsRegular => (Mode & TypeMask) == TypeRegular;

    public readonly bool IsDevice => (Mode & TypeMask) is TypeCharacterDevice or TypeBlockDevice;

    /// <summary>Whether it may share its inode with other entries in a way that rsync -H keeps.</summary>
    public readonly bool IsHardLinked => Links > 1 && !IsDirectory;

    public readonly FileKind Kind => (Mode & TypeMask) switch
    {
        TypeDirectory => FileKind.Directory,
        TypeRegular => FileKind.File,
        TypeSymbolicLink => FileKind.SymbolicLink,
        _ => FileKind.Other,
    };
}
