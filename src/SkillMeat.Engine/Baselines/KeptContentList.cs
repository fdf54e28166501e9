using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage.Files;

namespace SkillMeat.Baselines;

/// <summary>The stored contents of a project: one file in the home (<c>deployments</c>) for each. Immutable.</summary>
/// <remarks>Deployment records name contents by a hash that is not free of collisions, and other homes can write them as well. So the objects are listed here.</remarks>
internal sealed class KeptContentList
{
    /// <summary>The folder in the home.</summary>
    public const string FolderName = "deployments";

    /// <summary>The number of contents that were replaced, of each path, that stay.</summary>
    public const int MaxReplacedPerPath = 20;

    private const int Version = 1;
    private const int MaxDeployedPerPath = 4;

    private readonly Lazy<ILookup<string, KeptContent>> _deployed;

    public KeptContentList(string project, IReadOnlyList<KeptContent> newestFirst, IReadOnlyList<string>? madeFolders = null, string? folder = null)
    {
        Project = project;
        Folder = folder;
        All = newestFirst;
        MadeFolders = madeFolders ?? [];
        _deployed = new(() => All.Where(one => one.ReplacedAt is null).ToLookup(one => one.ContentHash, StringComparer.Ordinal));
    }

    /// <summary>The full path of the project.</summary>
    public string Project { get; }

    /// <summary>The identity of the project's folder when the list was written, by which it is found again after a move. Null if that is not known.</summary>
    public string? Folder { get; }

    /// <summary>The contents, newest first.</summary>
    public IReadOnlyList<KeptContent> All { get; }

    /// <summary>The full paths of the folders that deployments made in the project, and that a removal may take away when they are empty.</summary>
    public IReadOnlyList<string> MadeFolders { get; }

    /// <summary>Returns the path of the file of a project.</summary>
    public static string PathOf(string home, string project) =>
        Path.Combine(home, FolderName, $"{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(project)), 0, 16).ToLowerInvariant()}.json");

    /// <summary>Returns the paths of the files of all projects.</summary>
    /// <exception cref="Errors.StorageException">The folder cannot be read, or is a link.</exception>
    public static IReadOnlyList<string> FindFiles(string home)
    {
        var folder = Path.Combine(home, FolderName);
        OwnFolders.Check(folder);
        return Storage.StorageGuard.Run("read", folder, () => Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : []);
    }

    /// <summary>Parses a file.</summary>
    /// <param name="bytes">The bytes, or null if there is no file.</param>
    /// <param name="path">The full path of the file.</param>
    /// <param name="project">The full path of the project, if there is no file.</param>
    /// <exception cref="DataFileException">It is damaged, or of a newer version. What it keeps is unknown then, so it is not taken for empty.</exception>
    public static KeptContentList Parse(byte[]? bytes, string path, string project)
    {
        if (bytes is null) return new KeptContentList(project, []);
        try
        {
            using var json = JsonDocument.Parse(bytes);
            if (json.RootElement.GetProperty("format").GetInt32() != Version) throw new FormatException("it was written by a newer version");
            var made = json.RootElement.TryGetProperty("made_folders", out var folders) ? folders.EnumerateArray().Select(one => one.GetString() ?? "").Where(Path.IsPathFullyQualified).ToList() : [];
            var contents = json.RootElement.GetProperty("contents").EnumerateArray().Select(Read).ToList();
            return new KeptContentList(json.RootElement.GetProperty("project").GetString() ?? project, contents, made, json.RootElement.TryGetProperty("folder", out var folder) ? folder.GetString() : null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new DataFileException(ErrorIds.InvalidData, path, 0, 0, $"it does not list the kept contents of a project ({e.Message}); restore it from a backup, or delete it to do without them", e);
        }
    }

    /// <summary>Reads of a file only the project and the identity of its folder. Null if it is damaged.</summary>
    public static (string Project, string? Folder)? ReadHead(byte[] bytes)
    {
        try
        {
            var json = new Utf8JsonReader(bytes);
            var (project, folder) = ((string?)null, (string?)null);
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var (isProject, isFolder) = (json.ValueTextEquals("project"u8), json.ValueTextEquals("folder"u8));
                json.Read();
                if (isProject) project = json.GetString();
                else if (isFolder) folder = json.GetString();
                else json.Skip();
            }

            return project is null ? null : (project, folder);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Finds the stored content that was deployed to a path, by the content hash of its record. Null if it is not known.</summary>
    public KeptContent? Find(string path, string contentHash) => _deployed.Value[contentHash].FirstOrDefault(one => PathEquality.Comparer.Equals(one.Path, path));

    /// <summary>Returns the list with newer contents added. A few older ones of each path stay.</summary>
    public KeptContentList With(IReadOnlyCollection<KeptContent> added)
    {
        var counts = new Dictionary<(string, bool), int>();
        var seen = new HashSet<(string, string, TreeEntryKind?)>();
        return new KeptContentList(Project, [.. added.Concat(All).Where(one => seen.Add(KeyOf(one)) && IsRecent(one))], MadeFolders, Folder);

        // The hash of a record names what was deployed. Two contents of a person can have the same one.
        static (string, string, TreeEntryKind?) KeyOf(KeptContent one) => one.ReplacedAt is null ? (one.Path, one.ContentHash, null) : (one.Path, one.Object.ToString(), one.Content.Kind);

        bool IsRecent(KeptContent one)
        {
            var key = (one.Path, one.ReplacedAt is null);
            return (counts[key] = counts.GetValueOrDefault(key) + 1) <= (one.ReplacedAt is null ? MaxDeployedPerPath : MaxReplacedPerPath);
        }
    }

    /// <summary>Returns the list with other folders that deployments made.</summary>
    public KeptContentList WithMadeFolders(IEnumerable<string> folders) => new(Project, All, [.. folders.Distinct(PathEquality.Comparer)], Folder);

    /// <summary>Returns the list with the identity of the project's folder as it is now.</summary>
    public KeptContentList WithFolder(string? folder) => new(Project, All, MadeFolders, folder);

    /// <summary>Returns the list for the place to which the project was moved or copied. What lies outside of the project is left out.</summary>
    /// <param name="project">The full path of the project now.</param>
    public KeptContentList MovedTo(string project)
    {
        return new KeptContentList(
            project, [.. All.Where(one => PathEquality.IsIn(Project, one.Path)).Select(one => one with { Path = Moved(one.Path) })], [.. MadeFolders.Where(folder => PathEquality.IsIn(Project, folder)).Select(Moved)], Folder);

        string Moved(string path) => Path.Combine(project, Path.GetRelativePath(Project, path));
    }

    /// <summary>The bytes to write.</summary>
    public byte[] ToBytes()
    {
        var file = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Version);
            json.WriteString("project", Project);
            if (Folder is not null) json.WriteString("folder", Folder);
            json.WriteStartArray("contents");
            foreach (var one in All) Write(json, one);
            json.WriteEndArray();
            if (MadeFolders.Count > 0)
            {
                json.WriteStartArray("made_folders");
                foreach (var folder in MadeFolders) json.WriteStringValue(folder);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        file.Write("\n"u8);
        return file.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, KeptContent one)
    {
        json.WriteStartObject();
        json.WriteString("type", one.Artifact.Type.Name);
        json.WriteString("name", one.Artifact.Name);
        json.WriteString("path", one.Path);
        json.WriteString("content_hash", one.ContentHash);
        json.WriteString("file", one.Content.Name);
        json.WriteString("kind", one.Content.Kind.ToString());
        json.WriteString("object", one.Object.ToString());
        json.WriteNumber("size", one.Content.Size);
        if (one.ReplacedAt is { } time) json.WriteString("replaced_at", IsoTime.Write(time));
        json.WriteEndObject();
    }

    // Strict, because the content comes into projects and collections with a merge.
    private static KeptContent Read(JsonElement one)
    {
        var (name, file, size) = (one.GetProperty("name").GetString() ?? "", one.GetProperty("file").GetString() ?? "", one.GetProperty("size").GetInt64());
        var isKnown = ArtifactType.TryParse(one.GetProperty("type").GetString(), out var type) & ObjectId.TryParse(one.GetProperty("object").GetString(), out var id)
            & Enum.TryParse<TreeEntryKind>(one.GetProperty("kind").GetString(), out var kind);
        if (!isKnown || !Enum.IsDefined(kind) || ArtifactId.DescribeBadName(name) is not null || !TreeFormat.IsName(file) || size < 0) throw new FormatException("a content has an impossible type, name, object or size");
        var replaced = one.TryGetProperty("replaced_at", out var time) ? IsoTime.Read(time.GetString()) : null;
        return new KeptContent(new ArtifactId(type!, name), one.GetProperty("path").GetString() ?? "", one.GetProperty("content_hash").GetString() ?? "", new TreeEntry(file, kind, id, size), replaced);
    }
}
