using SkillMeat.Errors;

namespace SkillMeat.Objects.Trees;

/// <summary>The names that a system allows. Trees may come from other systems, and packs from anywhere.</summary>
/// <param name="IsWindows">Whether the rules of Windows apply.</param>
/// <param name="IgnoresCase">Whether names that differ only in case are the same.</param>
internal sealed record NameRules(bool IsWindows, bool IgnoresCase)
{
    private static readonly string[] _devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    /// <summary>The rules of the current system.</summary>
    public static NameRules Current => new(OperatingSystem.IsWindows(), OperatingSystem.IsWindows() || OperatingSystem.IsMacOS());

    /// <summary>Checks the names of one folder.</summary>
    /// <param name="folder">The folder for the names.</param>
    /// <param name="names">The names.</param>
    /// <exception cref="StorageException">A name is not allowed here, or two names would be the same file.</exception>
    public void Check(string folder, IEnumerable<string> names)
    {
        var taken = new HashSet<string>(IgnoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (Problem(name) is { } problem) throw Refusal(folder, name, problem);
            if (!taken.Add(name)) throw Refusal(folder, name, "on this system it is the same name as another one in this folder");
        }
    }

    private static StorageException Refusal(string folder, string name, string problem) => new(
        ErrorIds.StorageFailed, folder, $"cannot write '{name.Replace('\0', '?').ReplaceLineEndings("?")}' into {folder}: {problem}");

    private string? Problem(string name)
    {
        if (name is "" or "." or ".." || name.AsSpan().IndexOfAny('/', '\0') >= 0) return "it is not a valid name";
        if (!IsWindows) return null;
        if (name.Any(c => c < ' ' || @"\:*?""<>|".Contains(c, StringComparison.Ordinal)) || name[^1] is '.' or ' ') return "Windows does not allow this name";
        return IsDevice(name.Split('.')[0].TrimEnd(' ').ToUpperInvariant()) ? "on Windows it is the name of a device" : null;
    }

    private static bool IsDevice(string stem) => _devices.Contains(stem)
        || (stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal)) && "123456789¹²³".Contains(stem[3], StringComparison.Ordinal));
}
