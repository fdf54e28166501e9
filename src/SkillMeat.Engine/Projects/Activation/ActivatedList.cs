using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Activation;

/// <summary>The parts that the deployments of a project have added to settings of Claude Code: one file in the home (<c>activations</c>) for each project. Immutable.</summary>
/// <remarks>It is in the home and not in the project, because whoever can write to a project could otherwise make an uninstallation take parts out of the user's settings.</remarks>
internal sealed class ActivatedList
{
    /// <summary>The folder in the home.</summary>
    public const string FolderName = "activations";

    private const int Version = 1;

    private static readonly JsonWriterOptions _readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public ActivatedList(string project, IReadOnlyList<Activated> parts, IReadOnlyList<OpenedContainer> opened)
    {
        (Project, Parts, Opened) = (project, parts, opened);
    }

    /// <summary>The full path of the project, or of the user's home folder.</summary>
    public string Project { get; }

    /// <summary>The parts, in the order in which they were added.</summary>
    public IReadOnlyList<Activated> Parts { get; }

    /// <summary>The containers of the files that were new or empty.</summary>
    public IReadOnlyList<OpenedContainer> Opened { get; }

    /// <summary>Returns the path of the file of a project. The user's own folders have another one than a project in the same folder.</summary>
    public static string PathOf(string home, ProjectSite site) =>
        Path.Combine(home, FolderName, $"{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(site.User is null ? site.Folder : $"user {site.Folder}")), 0, 16).ToLowerInvariant()}.json");

    /// <summary>Returns the paths of the files of all projects.</summary>
    /// <exception cref="StorageException">The folder cannot be read, or is a link.</exception>
    public static IReadOnlyList<string> FindFiles(string home)
    {
        var folder = Path.Combine(home, FolderName);
        OwnFolders.Check(folder);
        return StorageGuard.Run("read", folder, () => Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : []);
    }

    /// <summary>Returns the list for the place to which the project was moved. Settings outside of the project are left out.</summary>
    /// <param name="project">The full path of the project now.</param>
    public ActivatedList MovedTo(string project)
    {
        return new ActivatedList(
            project, [.. Parts.Where(part => PathEquality.IsIn(Project, part.File)).Select(part => part with { File = Moved(part.File) })],
            [.. Opened.Where(one => PathEquality.IsIn(Project, one.File)).Select(one => one with { File = Moved(one.File) })]);

        string Moved(string path) => Path.Combine(project, Path.GetRelativePath(Project, path));
    }

    /// <summary>Parses a file.</summary>
    /// <param name="bytes">The bytes, or null if there is no file.</param>
    /// <param name="path">The full path of the file.</param>
    /// <param name="project">The full path of the project, if there is no file.</param>
    /// <exception cref="DataFileException">It is damaged, or of a newer version.</exception>
    public static ActivatedList Parse(byte[]? bytes, string path, string project)
    {
        if (bytes is null) return new ActivatedList(project, [], []);
        try
        {
            using var json = JsonDocument.Parse(bytes);
            var root = json.RootElement;
            if (root.GetProperty("format").GetInt32() != Version) throw new FormatException("it was written by a newer version");
            return new ActivatedList(TextOf(root, "project"), [.. root.GetProperty("parts").EnumerateArray().Select(ReadPart)], [.. root.GetProperty("opened").EnumerateArray().Select(ReadOpened)]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new DataFileException(ErrorIds.InvalidData, path, 0, 0, $"it does not list what was activated in a project ({e.Message}); restore it from a backup, or delete it and take the parts out of the settings by hand", e);
        }
    }

    /// <summary>The bytes to write, or null if nothing is activated.</summary>
    public byte[]? ToBytes()
    {
        if (Parts.Count == 0) return null;
        var file = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(file, _readable))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Version);
            json.WriteString("project", Project);
            json.WriteStartArray("parts");
            foreach (var part in Parts) Write(json, part);
            json.WriteEndArray();
            json.WriteStartArray("opened");
            foreach (var opened in Opened) Write(json, opened);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        file.Write("\n"u8);
        return file.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Activated part)
    {
        json.WriteStartObject();
        json.WriteString("type", part.Artifact.Type.Name);
        json.WriteString("name", part.Artifact.Name);
        json.WriteString("file", part.File);
        WritePath(json, "container", part.Container);
        if (part.Name is { } name) json.WriteString("member", name);
        json.WriteString("value", part.Form);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, OpenedContainer opened)
    {
        json.WriteStartObject();
        json.WriteString("file", opened.File);
        WritePath(json, "path", opened.Path);
        json.WriteBoolean("is_new", opened.IsNew);
        if (opened.Text is { } text) json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static void WritePath(Utf8JsonWriter json, string name, IReadOnlyList<string> path)
    {
        json.WriteStartArray(name);
        foreach (var part in path) json.WriteStringValue(part);
        json.WriteEndArray();
    }

    // Strict, because what it says is taken out of the user's settings.
    private static Activated ReadPart(JsonElement one)
    {
        var name = TextOf(one, "name");
        if (!ArtifactType.TryParse(TextOf(one, "type"), out var type) || ArtifactId.DescribeBadName(name) is not null) throw new FormatException("a part has an impossible type or name");
        return new Activated(new ArtifactId(type, name), FileOf(one), PathOf(one, "container"), one.TryGetProperty("member", out var member) ? member.GetString() : null, TextOf(one, "value"));
    }

    private static OpenedContainer ReadOpened(JsonElement one)
    {
        var (isNew, text) = (one.GetProperty("is_new").GetBoolean(), one.TryGetProperty("text", out var found) ? found.GetString() : null);
        if (!isNew && text is null) throw new FormatException("a container has no text");
        return new OpenedContainer(FileOf(one), PathOf(one, "path"), isNew, text);
    }

    private static string FileOf(JsonElement one)
    {
        var file = TextOf(one, "file");
        return Path.IsPathFullyQualified(file) && !file.Contains('\0', StringComparison.Ordinal) && SettingsFiles.IsName(Path.GetFileName(file)) ? file : throw new FormatException($"'{file}' is not a file of settings");
    }

    private static List<string> PathOf(JsonElement one, string name) => [.. one.GetProperty(name).EnumerateArray().Select(part => part.GetString() ?? throw new FormatException("a path has a part without a name"))];

    private static string TextOf(JsonElement one, string name) => one.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is missing");
}
