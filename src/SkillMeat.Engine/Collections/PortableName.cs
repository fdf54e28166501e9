using System.Text.RegularExpressions;

namespace SkillMeat.Collections;

/// <summary>The names of files and folders that Windows, macOS and Linux all can hold, beside each other: a home can be shared between them.</summary>
internal static partial class PortableName
{
    private const string Forbidden = "<>:\"/\\|?*";

    /// <summary>Describes why some system can't hold a name.</summary>
    /// <returns>The reason as half a sentence, or null if all can.</returns>
    public static string? DescribeProblem(string name)
    {
        if (name.FirstOrDefault(letter => Forbidden.Contains(letter, StringComparison.Ordinal)) is var found and not '\0') return $"holds '{found}', which Windows does not allow";
        if (name.Any(letter => letter < ' ')) return "holds a control character, which Windows does not allow";
        if (name[^1] is '.' or ' ') return $"ends with a {(name[^1] == '.' ? "dot" : "space")}, which Windows leaves out";
        return Device().IsMatch(name) ? $"is the name of a device on Windows ({name.Split('.')[0].TrimEnd()})" : null;
    }

    /// <summary>Makes a name that all systems can hold: characters that some do not allow become hyphens.</summary>
    /// <param name="name">The name.</param>
    /// <param name="otherwise">The name if nothing of it remains.</param>
    public static string Make(string name, string otherwise)
    {
        var letters = name.Select(letter => Forbidden.Contains(letter, StringComparison.Ordinal) || char.IsControl(letter) ? '-' : letter).ToArray();
        var made = new string(letters).Replace("..", ".", StringComparison.Ordinal).Trim().TrimEnd('.', ' ').TrimStart('.', ' ');
        while (made.Contains("..", StringComparison.Ordinal)) made = made.Replace("..", ".", StringComparison.Ordinal);
        if (VisibleText.FindHidden(made) is not null) made = string.Concat(made.EnumerateRunes().Where(rune => VisibleText.FindHidden(rune.ToString()) is null));
        if (made.Length == 0) return otherwise;
        return Device().IsMatch(made) ? $"{made.Split('.')[0].TrimEnd()}-{otherwise}" : made;
    }

    /// <summary>Gives names, and paths with <c>/</c>, one key if they are one on Windows or macOS: they differ only in case, or in composed and decomposed letters.</summary>
    public static string Key(string name) => CanonicalForm.Decompose(CanonicalForm.Decompose(name).ToUpperInvariant());

    /// <summary>Finds paths that some system can't hold: for a name of its own, or beside another one.</summary>
    /// <param name="paths">All files and folders below one folder, with <c>/</c>.</param>
    /// <returns>The paths, with the reason as half a sentence.</returns>
    public static IEnumerable<(string Path, string Problem)> FindProblems(IEnumerable<string> paths)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (DescribeProblem(path[(path.LastIndexOf('/') + 1)..]) is { } problem) yield return (path, problem);
            else if (!seen.TryAdd(KeyBesideOthers(path), path)) yield return (path, $"is the same name as '{seen[KeyBesideOthers(path)]}' on Windows and macOS");
        }
    }

    // The names in two folders are the same only because those of the folders are, which is found already.
    private static string KeyBesideOthers(string path) => path.LastIndexOf('/') is var slash && slash < 0 ? Key(path) : path[..(slash + 1)] + Key(path[(slash + 1)..]);

    [GeneratedRegex(@"^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00B9\u00B2\u00B3]) *(\.|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Device();
}
