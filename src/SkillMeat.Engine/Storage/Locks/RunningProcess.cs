using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Locks;

/// <summary>A process, as other processes of its machine recognize it.</summary>
/// <param name="Id">The id of the process.</param>
/// <param name="Machine">The name of its machine.</param>
/// <param name="Boot">The start of the machine and the space in which the id counts, or null if the system does not say it, as only Linux does.</param>
/// <param name="Started">The start of the process in units of the system, on Linux since the start of the machine, or null.</param>
internal sealed record RunningProcess(int Id, string Machine, string? Boot, long? Started)
{
    private const string BootFile = "/proc/sys/kernel/random/boot_id";
    private const string SpaceLink = "/proc/self/ns/pid";

    /// <summary>This process.</summary>
    public static RunningProcess Current()
    {
        var boot = FindBoot();
        return new RunningProcess(Environment.ProcessId, Environment.MachineName, boot, OperatingSystem.IsLinux() && boot is null ? null : FindStart(Environment.ProcessId, out _));
    }

    /// <summary>Whether the id counts here: it is of this machine, of its last start, and of the same space, as far as the system says it.</summary>
    public bool IsHere => Machine == Environment.MachineName && Boot == FindBoot();

    /// <summary>Whether the process is of this machine before its last start, after which it cannot run any more.</summary>
    public bool IsBeforeBoot => Machine == Environment.MachineName && Boot is not null && FindBoot() is { } now && Boot.Split(' ')[0] != now.Split(' ')[0];

    /// <summary>Whether the process has surely ended, as this machine says.</summary>
    public bool HasEnded()
    {
        // Of another machine, and of one that was started since, nothing can be told; nor can it where the system does not say what its ids mean.
        if (!IsHere || (OperatingSystem.IsLinux() && Boot is null)) return false;
        if (Started is not null && FindStart(Id, out var isDead) is { } started) return isDead || started != Started;
        try
        {
            // The system can hide the processes of other users, but says that they exist.
            Process.GetProcessById(Id).Dispose();
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string? FindBoot()
    {
        if (!OperatingSystem.IsLinux()) return null;
        try
        {
            return File.Exists(BootFile) && new FileInfo(SpaceLink).LinkTarget is { } space ? $"{Read(BootFile).Trim()} {space}" : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // The system states no length of these files.
    private static string Read(string path)
    {
        using var reader = new StreamReader(RegularFile.OpenRead(path));
        return reader.ReadToEnd();
    }

    /// <summary>Reads the start of a process. One that was killed stays listed until its parent asks for its end.</summary>
    private static long? FindStart(int id, out bool isDead) => OperatingSystem.IsLinux() ? FindStartOnLinux(id, out isDead) : FindStartElsewhere(id, out isDead);

    private static long? FindStartElsewhere(int id, out bool isDead)
    {
        isDead = false;
        try
        {
            using var process = Process.GetProcessById(id);
            isDead = process.HasExited;
            return process.StartTime.ToUniversalTime().Ticks;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or NotSupportedException)
        {
            return null;
        }
    }

    private static long? FindStartOnLinux(int id, out bool isDead)
    {
        const int State = 0;
        const int Start = 19;
        isDead = false;
        try
        {
            var text = Read(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            // The name of the program comes before, in parentheses, and can hold anything.
            var parts = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            isDead = parts[State] is "Z" or "X" or "x";
            return long.Parse(parts[Start], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
