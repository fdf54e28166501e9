using System.Text;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Profiles;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Toml;

namespace SkillMeat.Projects.Desired;

/// <summary>
/// The file <c>skillmeat.toml</c> in the root of a project, editable in place: comments, unknown keys and the order stay. It comes from a repository, so nothing in it is trusted. Not thread-safe.
/// </summary>
internal sealed class DesiredFile
{
    public const string Name = "skillmeat.toml";

    /// <summary>The name of the file among the contents that the home keeps for a project.</summary>
    public static readonly ArtifactId Id = new(ArtifactType.ProjectConfig, Name);

    private const string Key = "artifacts";
    private const int MostBytes = 1 << 20;
    private const int MostArtifacts = 2000;
    private const int LongestText = 2000;
    private const string Link = "link";

    private const string Header = """
        # The artifacts of this project. 'skm project install' or Install-SkmProject brings a machine to this state;
        # 'skm project export' or Export-SkmProject writes it from what is deployed. Comments and other keys stay.

        """;

    private readonly TomlDocument _document;
    private readonly string _path;
    private readonly List<(DesiredArtifact Artifact, TomlTable Table)> _artifacts = [];

    private DesiredFile(TomlDocument document, string path)
    {
        _document = document;
        _path = path;
        var tables = new TableReader(document.Root, path, "the project file").Tables(Key);
        if (tables.Count > MostArtifacts) throw new DataFileException(ErrorIds.InvalidData, path, 0, 0, $"it names {tables.Count} artifacts, and the limit is {MostArtifacts}");
        foreach (var table in tables)
        {
            var artifact = Read(table);
            if (_artifacts.Exists(one => one.Artifact.Id == artifact.Id)) throw new DataFileException(ErrorIds.InvalidData, path, table.Position.Line, table.Position.Column, $"it names {artifact.Id} twice");
            _artifacts.Add((artifact, table));
        }
    }

    /// <summary>The artifacts, in the order of the file.</summary>
    public IReadOnlyList<DesiredArtifact> All => _artifacts.ConvertAll(one => one.Artifact);

    /// <summary>Returns the path of the file of a project.</summary>
    public static string PathOf(ProjectSite site) => Path.Combine(site.Folder, Name);

    /// <summary>Reads the file of a project, or returns null if there is none.</summary>
    /// <exception cref="DataFileException">It is not TOML, or an entry is invalid.</exception>
    /// <exception cref="StorageException">It cannot be read: it is a link, a pipe or too large, for instance.</exception>
    public static DesiredFile? Find(ProjectSite site) => ReadBytes(site) is { } bytes ? Parse(bytes, PathOf(site)) : null;

    /// <summary>Reads the bytes of the file of a project, or returns null if there is none.</summary>
    /// <exception cref="StorageException">It cannot be read.</exception>
    public static byte[]? ReadBytes(ProjectSite site)
    {
        var path = PathOf(site);
        return Disk.HasEntry(path) ? StorageGuard.Run("read", path, () => RegularFile.ReadAllBytes(path, MostBytes, LinkUse.Refuse)) : null;
    }

    /// <summary>Parses the file.</summary>
    /// <param name="bytes">The bytes, or null to begin a new file.</param>
    /// <param name="path">The full path.</param>
    /// <exception cref="DataFileException">It is not TOML, or an entry is invalid.</exception>
    public static DesiredFile Parse(byte[]? bytes, string path) => new(TomlDocument.Parse(bytes ?? Encoding.UTF8.GetBytes(Header.ReplaceLineEndings("\n")), path), path);

    /// <summary>Writes entries: new ones are added at the end. What stays the same keeps its spelling.</summary>
    /// <param name="artifacts">The artifacts, in the order in which new ones are added.</param>
    public void Set(IReadOnlyList<DesiredArtifact> artifacts)
    {
        foreach (var artifact in artifacts)
        {
            var index = _artifacts.FindIndex(one => one.Artifact.Id == artifact.Id);
            if (index >= 0 && AreSame(_artifacts[index].Artifact, artifact)) continue;
            var table = index < 0 ? _document.Root.GetOrAddArray(Key).Add() : _artifacts[index].Table;
            Write(table, artifact, index < 0 ? null : _artifacts[index].Artifact);
            if (index < 0) _artifacts.Add((artifact, table));
            else _artifacts[index] = (artifact, table);
        }
    }

    /// <summary>Removes entries.</summary>
    public void Remove(IReadOnlySet<ArtifactId> artifacts)
    {
        var removed = _artifacts.Where(one => artifacts.Contains(one.Artifact.Id)).Select(one => one.Table).ToHashSet();
        if (removed.Count > 0) _document.Root.GetOrAddArray(Key).Remove(removed);
        _artifacts.RemoveAll(one => removed.Contains(one.Table));
    }

    /// <summary>The bytes to write.</summary>
    public byte[] ToBytes() => _document.ToBytes();

    /// <summary>Whether two entries say the same.</summary>
    public static bool AreSame(DesiredArtifact one, DesiredArtifact other) => one.Profiles.SequenceEqual(other.Profiles, StringComparer.Ordinal) && one == (other with { Profiles = one.Profiles });

    private static void Write(TomlTable table, DesiredArtifact artifact, DesiredArtifact? before)
    {
        SetText(table, "id", artifact.Id.ToString());
        SetText(table, "source", artifact.Source);
        SetText(table, "version", artifact.Version);
        SetText(table, "commit", artifact.Commit);
        // An entry that stays the same can have comments and other spellings.
        if (before?.Profiles.SequenceEqual(artifact.Profiles, StringComparer.Ordinal) != true) table.Set("profiles", TomlValue.Of(artifact.Profiles));
        if (before?.Mode != artifact.Mode) SetText(table, "mode", artifact.Mode == DeployMode.Link ? Link : null);
        if (before?.Activate == artifact.Activate) return;
        if (artifact.Activate) table.Set("activate", TomlValue.Of(true));
        else table.Remove("activate");
    }

    private static void SetText(TomlTable table, string key, string? value)
    {
        if (value is null) table.Remove(key);
        else if (table.FindText(key) != value) table.Set(key, TomlValue.Of(value));
    }

    private DesiredArtifact Read(TomlTable table)
    {
        var reader = new TableReader(table, _path, "an artifact");
        var id = ReadId(reader);
        var source = ReadText(reader, "source");
        // Even the message must not show it.
        if (source is not null && AddressText.WithoutCredentials(source) != source) throw reader.Invalid(table.Position, $"the source of {id} has a user name or password; take it out, git keeps credentials");
        if (ReadText(reader, "version") is { } version && version.StartsWith('-')) throw reader.Invalid(table.Position, $"'{version}' is not a version");
        return new DesiredArtifact(id)
        {
            Source = source,
            Version = ReadText(reader, "version"),
            Commit = ReadText(reader, "commit"),
            Profiles = ReadProfiles(reader),
            Mode = ReadText(reader, "mode") switch
            {
                null or "copy" => DeployMode.Copy,
                Link => DeployMode.Link,
                var other => throw reader.Invalid(table.Position, $"'{other}' is not a mode: copy or link"),
            },
            Activate = reader.OptionalFlag("activate") ?? false,
        };
    }

    private static ArtifactId ReadId(TableReader reader)
    {
        var text = ReadText(reader, "id") ?? reader.RequiredText("id");
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !ArtifactType.TryParse(text[..colon], out var type) || type.Container is null) throw reader.Invalid(reader.Table.Position, $"'{text}' is not an artifact such as skill:pdf-tools");
        var name = text[(colon + 1)..];
        return (ArtifactId.DescribeBadName(name) ?? PortableName.DescribeProblem(name)) is { } problem
            ? throw reader.Invalid(reader.Table.Position, $"'{name}' is not a valid name: it {problem}")
            : new ArtifactId(type, name);
    }

    private static IReadOnlyList<string> ReadProfiles(TableReader reader)
    {
        if (reader.OptionalTexts("profiles") is not { Count: > 0 } named) return [Profile.ClaudeCode];
        return [.. named.Select(name => ProfileTable.Find(name)?.Id ?? throw reader.Invalid(reader.Table.Position, $"'{VisibleText.Line(name)}' is not a profile")).Distinct(StringComparer.Ordinal)];
    }

    private static string? ReadText(TableReader reader, string key)
    {
        if (reader.OptionalText(key) is not { Length: > 0 } text) return null;
        if (text.Length > LongestText) throw reader.Invalid(reader.Table.Position, $"'{key}' has {text.Length} characters, and the limit is {LongestText}");
        return ControlCharacters.AreIn(text) || VisibleText.FindHidden(text) is not null ? throw reader.Invalid(reader.Table.Position, $"'{key}' has control characters or hidden ones") : text;
    }
}
