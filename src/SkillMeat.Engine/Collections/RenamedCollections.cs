using SkillMeat.Errors;
using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>
/// The earlier names of collections (<c>renames.toml</c>), by which the deployments in a project that was away during a rename are still found. Editable in place. Not thread-safe.
/// </summary>
internal sealed class RenamedCollections
{
    public const string FileName = "renames.toml";

    private const string Key = "renames";

    private readonly TomlDocument _document;
    private readonly string _path;

    private RenamedCollections(TomlDocument document, string path)
    {
        _document = document;
        _path = path;
        _ = Tables();
    }

    /// <summary>Parses the file.</summary>
    /// <param name="bytes">The bytes, or null if there is no file.</param>
    /// <param name="path">The full path of the file.</param>
    /// <exception cref="DataFileException">It is not TOML, or has no array of renames.</exception>
    public static RenamedCollections Parse(byte[]? bytes, string path) => new(bytes is null ? TomlDocument.Empty(path) : TomlDocument.Parse(bytes, path), path);

    /// <summary>Returns the name that a collection has instead of an earlier one, or null if that is not known.</summary>
    public string? Find(string earlier) => Tables().Where(table => table.FindText("from") == earlier).Select(table => table.FindText("to")).LastOrDefault(name => name is not null && ArtifactId.DescribeBadName(name) is null);

    /// <summary>Whether a collection had an earlier name.</summary>
    public bool Lead(string earlier, string now) => Tables().Any(table => table.FindText("from") == earlier && table.FindText("to") == now);

    /// <summary>Notes a rename. Still earlier names lead to the new one as well.</summary>
    public void Add(string from, string to, DateTimeOffset now)
    {
        foreach (var table in Tables().Where(table => table.FindText("to") == from)) table.Set("to", TomlValue.Of(to));
        var array = _document.Root.GetOrAddArray(Key);
        // Entries that lead to themselves. The later names of other collections stay: their snapshots have the names.
        array.Remove(array.Where(table => table.FindText("from") is { } earlier && table.FindText("to") == earlier).ToHashSet());
        var added = array.Add();
        added.Set("from", TomlValue.Of(from));
        added.Set("to", TomlValue.Of(to));
        added.Set("at", TomlValue.Of(IsoTime.Write(now)));
    }

    /// <summary>The bytes to write.</summary>
    public byte[] ToBytes() => _document.ToBytes();

    private IReadOnlyList<TomlTable> Tables() => [.. new TableReader(_document.Root, _path, "the list of renames").Tables(Key)];
}
