using System.Globalization;
using SkillMeat.Storage.Files;

namespace SkillMeat.Cache.Background;

/// <summary>A process, as other processes of its machine recognize it.</summary>
/// <param name="Id">The id of the process.</param>
/// <param name="Machine">The name of its machine.</param>
/// <param name="Boot">The start of the machine and the space in which the id counts, or null if the system does not say it.</param>
/// <param name="Started">The start of the process, in units of the system since the start of the machine, or null.</param>
internal sealed record RunningProcess(int Id, string Machine, string? Boot, long? Started)
{
    private const string BootFile = "/proc/sys/kernel/random/boot_id";
    private const string SpaceLink = "/proc/self/ns/pid";

    /// <summary>This process.</summary>
    public static RunningProcess Current()
    {
        var boot = FindBoot();
        return new RunningProcess(Environment.ProcessId, Environment.MachineName, boot, boot is null ? null : FindStart(Environment.ProcessId, out _));
    }

    /// <summary>Whether the process has surely ended, as this machine says.</summary>
    public bool HasEnded()
    {
        // Of another machine, and of one that was started since, nothing can be told; nor can it without the start of the process.
        if (Boot is null || Started is null || Machine != Environment.MachineName || Boot != FindBoot()) return false;
        if (FindStart(Id, out var isDead) is { } started) return isDead || started != Started;
        try
        {
            // The system can hide the processes of other users, but says that they exist.
            System.Diagnostics.Process.GetProcessById(Id).Dispose();
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
    private static long? FindStart(int id, out bool isDead)
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
