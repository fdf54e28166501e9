using System.Text.Json;
using SkillMeat.Collections;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage.Files;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Git;

namespace SkillMeat.Projects.Adoption.Origins;

/// <summary>The records of <c>npx skills</c>: of a project <c>skills-lock.json</c>, of the user <c>.skill-lock.json</c>. Not thread-safe.</summary>
internal sealed class NpxRecords
{
    /// <summary>The value of <see cref="KnownOrigin.FoundIn"/>.</summary>
    public const string Id = "npx_skills";

    private const int ProjectVersion = 1;
    private const int UserVersion = 3;

    private readonly string _path;
    private readonly SourceText _sources;
    private readonly RecordedFolders _folders;
    private readonly Dictionary<string, JsonElement> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _recordsByFolder = new(StringComparer.Ordinal);

    private NpxRecords(string path, JsonElement? json, SourceText sources, RecordedFolders folders)
    {
        _path = path;
        _sources = sources;
        _folders = folders;
        foreach (var (name, record) in json is { } root ? ToolFile.Members(ToolFile.Find(root, "skills")).Where(member => member.Value.ValueKind == JsonValueKind.Object) : [])
        {
            _records.TryAdd(name, record);
            _recordsByFolder.TryAdd(FolderNameOf(name), record);
        }
    }

    /// <summary>Reads the records of a project or of the user.</summary>
    public static NpxRecords Read(ProjectSite site, ToolFile tool, SourceText sources, RecordedFolders folders)
    {
        if (site.User is not { } user)
        {
            var path = site.FullPath("", "skills-lock.json");
            return new NpxRecords(path, tool.Read(path, ProjectVersion), sources, folders);
        }

        var state = user.Environment("XDG_STATE_HOME") is { Length: > 0 } folder && Path.IsPathFullyQualified(folder) ? Path.Combine(folder, "skills", ".skill-lock.json") : null;
        var place = state is not null && Disk.HasEntry(state) ? state : site.FullPath(user.Expand("~/.agents"), ".skill-lock.json");
        return new NpxRecords(place, tool.Read(place, UserVersion), sources, folders);
    }

    /// <summary>Finds the origin of a skill, or returns null if there is no record of it.</summary>
    /// <param name="name">The name of its folder.</param>
    /// <param name="objects">The store of the content.</param>
    /// <param name="content">The stored content.</param>
    /// <param name="isPlace">Whether its folder lies where this program installs.</param>
    public KnownOrigin? Find(string name, ObjectStore objects, TreeEntry content, bool isPlace)
    {
        if ((!_records.TryGetValue(name, out var record) && !_recordsByFolder.TryGetValue(name, out record)) || ToolFile.Text(record, "source") is not { } source) return null;
        var isOfRecord = Compare(record, objects, content, out var coversAll);
        var (spec, why) = FindSource(record, source, name);
        var told = $"npx skills installed it from {(spec is { Repository: { Kind: not RepositoryKind.Folder } repository } ? VisibleText.Line(repository.ToString()) : Shown(source))} ({Path.GetFileName(_path)}).";
        var state = isOfRecord switch
        {
            true when !coversAll => " The recorded hash does not cover its links and 'node_modules', so it is not known whether it was modified since.",
            true => "",
            false => " It was modified since.",
            _ => " It is not known whether it was modified since.",
        };
        // Without a source, there is no update that could take the files for unmodified ones.
        return new KnownOrigin(Id, told + why + state)
        {
            Told = told,
            ObjectId = ToolFile.Text(record, "skillFolderHash")?.ToLowerInvariant(),
            Source = spec,
            Ref = spec is null ? null : ToolFile.Text(record, "ref"),
            IsUnmodified = (isOfRecord == true && coversAll) || spec is null,
            Doubt = isPlace || isOfRecord == true
                ? null
                : $"'{Path.GetFileName(_path)}' names a skill of this name{(isOfRecord == false ? " with other content" : "")}, and npx skills does not install to this folder, so the origin is not known.",
        };
    }

    // Null if there is nothing to compare.
    private static bool? Compare(JsonElement record, ObjectStore objects, TreeEntry content, out bool coversAll)
    {
        coversAll = true;
        if (ToolFile.Text(record, "computedHash") is { } computed)
        {
            coversAll = NpxFolderHash.CoversAll(objects, content);
            return NpxFolderHash.Of(objects, content) is { } hash ? hash.Equals(computed, StringComparison.OrdinalIgnoreCase) : null;
        }

        if (!GitOid.TryParse(ToolFile.Text(record, "skillFolderHash"), out var tree)) return null;
        using var git = new StoredGitId(objects);
        return git.Of(content) == tree;
    }

    // The sentence names the source that is followed, so the two texts of a record must not name two.
    private (SourceSpec? Source, string Remark) FindSource(JsonElement record, string source, string name)
    {
        var (kind, path) = (ToolFile.Text(record, "sourceType"), ToolFile.Text(record, "skillPath"));
        if (kind == "local") return _folders.Find(source, path is null ? [name, $"skills/{name}", ""] : [FolderOf(path)]);
        if (kind is not ("github" or "gitlab" or "git")) return (null, " Such a source cannot be followed.");
        if (path is null) return (null, " The record does not name the folder in it.");
        var url = ToolFile.Text(record, "sourceUrl");
        if (_sources.OfRepository(url ?? source, FolderOf(path), ToolFile.Text(record, "ref")) is not { } spec) return (null, " Such a source cannot be followed.");
        if (kind == "github" && spec.Repository.Kind != RepositoryKind.GitHub) return (null, $" Its address, '{VisibleText.Line(spec.Repository.ToString())}', is no address of GitHub, so it is not followed.");
        return url is null || _sources.AreSame(source, spec.Repository) ? (spec, "") : (null, $" Its address is '{VisibleText.Line(spec.Repository.ToString())}': the record names two different repositories, so neither is followed.");
    }

    private static string FolderOf(string skillPath)
    {
        var path = skillPath.Replace('\\', '/');
        return TreePath.LastPart(path).EndsWith(".md", StringComparison.OrdinalIgnoreCase) ? TreePath.Parent(path) : path;
    }

    private static string Shown(string source) => VisibleText.Line(SourceText.WithoutSecrets(source));

    // As it names folders after skills.
    private static string FolderNameOf(string skill)
    {
        var name = string.Concat(skill.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' ? letter : '-'));
        while (name.Contains("--", StringComparison.Ordinal)) name = name.Replace("--", "-", StringComparison.Ordinal);
        return name.Trim('.', '-');
    }
}
