using System.Globalization;
using System.Runtime.InteropServices;

namespace SkillMeat.Server.Hosting;

/// <summary>Gives memory back to the system that this process has and does not need at the moment.</summary>
internal static class UnusedMemory
{
    private const int DoNotNeed = 4;

    /// <summary>Collects garbage, and returns free memory of native libraries and, on Linux, pages of the program that can be read from its file again.</summary>
    /// <remarks>Source: malloc_trim(3), madvise(2), proc_pid_smaps(5).</remarks>
    public static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = TrimHeap(0);
            foreach (var (start, length) in FindUnchangedPages(File.ReadLines("/proc/self/smaps"), Environment.ProcessPath)) _ = Advise(start, length, DoNotNeed);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException or IOException or UnauthorizedAccessException)
        {
            // Another C library, or a container that hides the maps: the memory stays with the process.
        }
    }

    /// <summary>Finds the parts of a program in memory that are as they are in its file, and that nothing can change.</summary>
    /// <param name="lines">The lines of <c>smaps</c>.</param>
    /// <param name="program">The path of the program.</param>
    internal static List<(nint Start, nuint Length)> FindUnchangedPages(IEnumerable<string> lines, string? program)
    {
        var found = new List<(nint, nuint)>();
        // The part that the last header was of, until a line says that it was changed. Copied pages are counted here, or there if they are swapped out.
        var part = default((nint, nuint)?);
        foreach (var line in lines)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            // A header: "start-end permissions offset device inode path".
            if (words.Length > 1 && !words[0].EndsWith(':')) part = words.Length > 5 && words[1] is "r-xp" or "r--p" && line.EndsWith($" {program}", StringComparison.Ordinal) ? RangeOf(words[0]) : null;
            if (words.Length > 1 && words[0] == "Anonymous:" && words[1] != "0") part = null;
            if (words.Length > 1 && words[0] == "Swap:" && words[1] == "0" && part is { } unchanged) found.Add(unchanged);
        }

        return found;
    }

    private static (nint Start, nuint Length)? RangeOf(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || !TryRead(text[..dash], out var start) || !TryRead(text[(dash + 1)..], out var end) || end <= start) return null;
        return ((nint)start, (nuint)(end - start));
    }

    private static bool TryRead(string text, out ulong value) => ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int TrimHeap(nuint keptBytes);

    [DllImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(nint start, nuint length, int advice);
}
