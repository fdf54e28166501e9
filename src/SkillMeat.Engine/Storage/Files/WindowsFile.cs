using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace SkillMeat.Storage.Files;

/// <summary>The system call of Windows that .NET does not offer.</summary>
[SupportedOSPlatform("windows")]
internal static class WindowsFile
{
    private const int Disk = 1;

    /// <summary>Whether an open file is on a disk, and not a pipe or a device such as <c>CON</c>.</summary>
    public static bool IsOnDisk(SafeHandle file) => GetFileType(file) == Disk;

    [DllImport("kernel32", SetLastError = true)]
    private static extern int GetFileType(SafeHandle file);
}
