using SkillMeat.Errors;

namespace SkillMeat.Objects.Trees;

/// <summary>Which names a system takes. Trees come from other systems too, and a pack may come from anywhere.</summary>
/// <param name="IsWindows">Whether the rules of Windows hold.</param>
/// <param name="IgnoresCase">Whether names that differ in case only are one.</param>
internal sealed record NameRules(bool IsWindows, bool IgnoresCase)
{
    private static readonly string[] _devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    /// <summary>The rules where this program runs.</summary>
    public static NameRules OfThisSystem => new(OperatingSystem.IsWindows(), OperatingSystem.IsWindows() || OperatingSystem.IsMacOS());

    /// <summary>Checks the names of one folder.</summary>
    /// <param name="folder">The folder that shall have them.</param>
    /// <param name="names">The names.</param>
    /// <exception cref="StorageException">One of them can't be used here, or two of them would be one file.</exception>
    public void Check(string folder, IEnumerable<string> names)
    {
        var taken = new HashSet<string>(IgnoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (Problem(name) is { } problem) throw Refusal(folder, name, problem);
            if (!taken.Add(name)) throw Refusal(folder, name, "this system takes it for the same name as another one there");
        }
    }

    private static StorageException Refusal(string folder, string name, string problem) => new(
        ErrorIds.StorageFailed, folder, $"cannot write '{name.Replace('\0', '?').ReplaceLineEndings("?")}' into {folder}: {problem}");

    private string? Problem(string name)
    {
        if (name is "" or "." or ".." || name.AsSpan().IndexOfAny('/', '\0') >= 0) return "that is no name";
        if (!IsWindows) return null;
        if (name.Any(c => c < ' ' || @"\:*?""<>|".Contains(c, StringComparison.Ordinal)) || name[^1] is '.' or ' ') return "Windows does not take that name";
        return IsDevice(name.Split('.')[0].TrimEnd(' ').ToUpperInvariant()) ? "on Windows that is a device" : null;
    }

    private static bool IsDevice(string stem) => _devices.Contains(stem)
        || (stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal)) && "123456789¹²³".Contains(stem[3], StringComparison.Ordinal));
}
