using System.Text;

namespace SkillMeat.Upstream.Contents;

/// <summary>Judges files <c>.gitattributes</c>: whether what git or a host makes of a commit by them may be other bytes than were committed (gitattributes(5)).</summary>
internal static class GitAttributes
{
    public const string FileName = ".gitattributes";

    private static readonly string[] ThatChange = ["export-ignore", "export-subst", "text", "eol", "crlf", "ident", "filter", "working-tree-encoding"];

    /// <summary>Whether anything in the file may change bytes, or leave files out.</summary>
    public static bool MayChange(ReadOnlySpan<byte> content) =>
        Encoding.UTF8.GetString(content).Split('\n').Where(line => !line.StartsWith('#')).SelectMany(AttributesIn).Any(word => ThatChange.Contains(word.Split('=', 2)[0]));

    /// <summary>Whether a file at that place has a say in what is at or below a path.</summary>
    /// <param name="file">Its full path.</param>
    /// <param name="path">A wanted path.</param>
    public static bool Concerns(string file, string path)
    {
        var folder = file.Length > FileName.Length ? file[..^(FileName.Length + 1)] : "";
        return IsIn(path, folder) || IsIn(folder, path);
    }

    // A pattern that holds spaces is quoted; what is taken for attributes then errs on the safe side.
    private static IEnumerable<string> AttributesIn(string line) => line.Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries).Skip(1);

    private static bool IsIn(string path, string folder) => folder.Length == 0 || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);
}
