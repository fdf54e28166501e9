using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SkillMeat.Storage.Files;

/// <summary>The system calls of Windows that .NET does not offer.</summary>
[SupportedOSPlatform("windows")]
internal static class WindowsFile
{
    private const int Disk = 1;
    private const uint Write = 0x40000000;
    private const uint ShareAll = 7;
    private const uint OpenExisting = 3;
    // To open the folder itself, whatever it leads to.
    private const uint ReparsePointOfFolder = 0x02200000;
    private const uint SetReparsePoint = 0x000900A4;
    private const uint MountPoint = 0xA0000003;
    private const int HeaderLength = 8;
    private const int NamesHeaderLength = 8;

    /// <summary>Whether an open file is on a disk, and not a pipe or a device such as <c>CON</c>.</summary>
    public static bool IsOnDisk(SafeHandle file) => GetFileType(file) == Disk;

    /// <summary>Creates a junction: a link to a folder that needs no privilege.</summary>
    /// <param name="path">The full path of the junction, at which nothing exists.</param>
    /// <param name="target">The full path of the folder.</param>
    /// <exception cref="IOException">The system refused it, such as for a folder on a network share.</exception>
    public static void CreateJunction(string path, string target)
    {
        Directory.CreateDirectory(path);
        try
        {
            using var folder = CreateFile(path, Write, ShareAll, 0, OpenExisting, ReparsePointOfFolder, 0);
            if (folder.IsInvalid) throw LastError(path);
            var data = JunctionData(Path.TrimEndingDirectorySeparator(target));
            if (!DeviceIoControl(folder, SetReparsePoint, data, data.Length, 0, 0, out _, 0)) throw LastError(path);
        }
        catch
        {
            Directory.Delete(path, recursive: false);
            throw;
        }
    }

    // The structure REPARSE_DATA_BUFFER: the target as the kernel names it, and as people read it.
    private static byte[] JunctionData(string target)
    {
        var (name, shown) = (Encoding.Unicode.GetBytes(@"\??\" + target), Encoding.Unicode.GetBytes(target));
        var data = new byte[HeaderLength + NamesHeaderLength + name.Length + 2 + shown.Length + 2];
        BinaryPrimitives.WriteUInt32LittleEndian(data, MountPoint);
        Set(4, data.Length - HeaderLength);
        Set(10, name.Length);
        Set(12, name.Length + 2);
        Set(14, shown.Length);
        name.CopyTo(data, HeaderLength + NamesHeaderLength);
        shown.CopyTo(data, HeaderLength + NamesHeaderLength + name.Length + 2);
        return data;

        void Set(int offset, int value) => BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(offset), checked((ushort)value));
    }

    private static IOException LastError(string path)
    {
        var error = new Win32Exception(Marshal.GetLastPInvokeError());
        return new IOException($"cannot create the junction '{path}': {error.Message}", error);
    }

    [DllImport("kernel32", SetLastError = true)]
    private static extern int GetFileType(SafeHandle file);

    [DllImport("kernel32", EntryPoint = "CreateFileW", SetLastError = true, CharSet = CharSet.Unicode, ExactSpelling = true)]
    private static extern SafeFileHandle CreateFile(string path, uint access, uint share, nint security, uint creation, uint flags, nint template);

    [DllImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool DeviceIoControl(SafeFileHandle file, uint code, byte[] input, int inputLength, nint output, int outputLength, out int returned, nint overlapped);
}
