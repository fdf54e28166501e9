using SkillMeat.Errors;
using SkillMeat.Storage.Files;
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

    /// <summary>Returns the name that a collection has instead of an earlier one, or null if that is not known. Of several collections that had the name, the last one counts.</summary>
    public string? Find(string earlier)
    {
        var tables = Tables();
        for (var index = tables.Count - 1; index >= 0; index--)
        {
            if (tables[index].FindText("from") == earlier && Follow(tables, index) is { } now) return now;
        }

        return null;
    }

    /// <summary>
    /// Returns the name that the collection of a deployment has now, if it was renamed after the name was recorded and the project of it was away then. Otherwise null: the record was corrected, or it means the collection
    /// that has the name.
    /// </summary>
    /// <param name="recorded">The name in the record.</param>
    /// <param name="recordedAt">The time at which the name was recorded.</param>
    /// <param name="project">The full path of the project.</param>
    public string? FindMissed(string recorded, DateTimeOffset recordedAt, string project)
    {
        var tables = Tables();
        for (var index = 0; index < tables.Count; index++)
        {
            if (tables[index].FindText("from") == recorded && IsoTime.Read(tables[index].FindText("at")) > recordedAt && HasMissed(tables[index], project)) return Follow(tables, index);
        }

        return null;
    }

    /// <summary>Whether a collection had this name once.</summary>
    public bool HasFormer(string name) => Tables().Any(table => table.FindText("from") == name);

    /// <summary>Whether a collection had an earlier name.</summary>
    public bool Lead(string earlier, string now)
    {
        var tables = Tables();
        return Enumerable.Range(0, tables.Count).Any(index => tables[index].FindText("from") == earlier && Follow(tables, index) == now);
    }

    /// <summary>Notes a rename.</summary>
    /// <param name="from">The earlier name.</param>
    /// <param name="to">The new name.</param>
    /// <param name="now">The time.</param>
    /// <param name="followed">The full paths of the projects whose records name the new one from now on.</param>
    public void Add(string from, string to, DateTimeOffset now, IEnumerable<string> followed)
    {
        var added = _document.Root.GetOrAddArray(Key).Add();
        added.Set("from", TomlValue.Of(from));
        added.Set("to", TomlValue.Of(to));
        added.Set("at", TomlValue.Of(IsoTime.Write(now)));
        added.Set("followed", TomlValue.Of([.. followed.Order(StringComparer.Ordinal)]));
    }

    // Names are used again, so only later renames continue one.
    private static string? Follow(IReadOnlyList<TomlTable> tables, int index)
    {
        var name = tables[index].FindText("to");
        for (var later = index + 1; later < tables.Count; later++)
        {
            if (tables[later].FindText("from") == name) name = tables[later].FindText("to");
        }

        return name is not null && ArtifactId.DescribeBadName(name) is null ? name : null;
    }

    // Of a rename by an earlier version, that is not known.
    private static bool HasMissed(TomlTable table, string project) => table.Find("followed")?.TryTexts() is { } followed && !followed.Contains(project, PathEquality.Comparer);

    /// <summary>The bytes to write.</summary>
    public byte[] ToBytes() => _document.ToBytes();

    private IReadOnlyList<TomlTable> Tables() => [.. new TableReader(_document.Root, _path, "the list of renames").Tables(Key)];
}
