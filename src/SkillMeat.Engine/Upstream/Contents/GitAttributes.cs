using System.Text;

namespace SkillMeat.Upstream.Contents;

/// <summary>Evaluates <c>.gitattributes</c> files: whether they may cause git or a host to change the committed bytes (gitattributes(5)).</summary>
internal static class GitAttributes
{
    public const string FileName = ".gitattributes";

    private static readonly string[] ThatChange = ["export-ignore", "export-subst", "text", "eol", "crlf", "ident", "filter", "working-tree-encoding"];

    /// <summary>Whether the file has attributes that may change bytes or leave out files.</summary>
    public static bool MayChange(ReadOnlySpan<byte> content) =>
        Encoding.UTF8.GetString(content).Split('\n').Where(line => !line.StartsWith('#')).SelectMany(AttributesIn).Any(word => ThatChange.Contains(word.Split('=', 2)[0]));

    /// <summary>Whether an attributes file applies to content at or below a path.</summary>
    /// <param name="file">The full path of the attributes file.</param>
    /// <param name="path">The path.</param>
    public static bool Concerns(string file, string path)
    {
        var folder = file.Length > FileName.Length ? file[..^(FileName.Length + 1)] : "";
        return IsIn(path, folder) || IsIn(folder, path);
    }

    // A pattern with spaces is quoted. Parts of it are then taken for attributes, which errs on the safe side.
    private static IEnumerable<string> AttributesIn(string line) => line.Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries).Skip(1);

    private static bool IsIn(string path, string folder) => folder.Length == 0 || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);
}
