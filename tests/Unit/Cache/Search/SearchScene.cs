using System.Text;
using SkillMeat.Cache;
using SkillMeat.Cache.Search;
using SkillMeat.Collections;
using SkillMeat.Tests.Support;

namespace SkillMeat.Tests.Cache.Search;

/// <summary>A home with artifacts to search for, and its cache.</summary>
internal sealed class SearchScene : IDisposable
{
    private readonly StringBuilder _manifest = new("[collection]\nname = \"default\"\nversion = \"1.0.0\"\ncreated = \"2026-01-01T00:00:00\"\nupdated = \"2026-01-01T00:00:00\"\n");
    private HomeCache? _cache;

    public TestHome Home { get; } = TestHome.None();

    public string? CacheVariable { get; set; }

    public List<string> Warnings { get; } = [];

    public HomeCache Cache => _cache ??= HomeCache.Open(CollectionStore.OpenToRead(Home.Home), new HomeCacheOptions { Environment = name => name == "SKILLMEAT_CACHE" ? CacheVariable : null, Report = Warnings.Add });

    public string PathOf(string name) => Home.At("collections", "default", "skills", name, "SKILL.md");

    /// <summary>Adds a skill to the default collection. <see cref="Save"/> writes it.</summary>
    public SearchScene Skill(string name, string? description = null, string[]? tags = null, string? author = null, string? title = null, string? body = null, string? upstream = null, string? updated = null) =>
        Artifact("skill", name, $"skills/{name}", description, tags, author, title, upstream, updated, $"skills/{name}/SKILL.md", body ?? $"---\nname: {name}\ndescription: {description}\n---\n");

    public SearchScene Command(string name, string? description = null, string[]? tags = null, string? body = null) =>
        Artifact("command", name, $"commands/{name}.md", description, tags, null, null, null, null, $"commands/{name}.md", body ?? "");

    public SearchScene Save()
    {
        Home.Write(Home.Manifest, _manifest.ToString());
        if (!File.Exists(Home.LockFile)) Home.Write(Home.LockFile, "[lock]\nversion = \"1.0.0\"\n");
        if (!File.Exists(Home.Config)) Home.Write(Home.Config, "[settings]\ndefault-collection = \"default\"\n");
        return this;
    }

    public ArtifactSearchResult Find(string text) => Find(new ArtifactSearchRequest { Text = text });

    public ArtifactSearchResult Find(ArtifactSearchRequest request) => new ArtifactSearch(Cache, _ => null).Search(request);

    /// <summary>The names of the found artifacts, separated by blanks.</summary>
    public string Names(string text) => string.Join(' ', Find(text).Items.Select(item => item.Name));

    public string SortedNames(string text) => string.Join(' ', Find(new ArtifactSearchRequest { Text = text, Limit = int.MaxValue }).Items.Select(item => item.Name).Order(StringComparer.Ordinal));

    public void Reopen()
    {
        _cache?.Dispose();
        _cache = null;
    }

    public void Dispose()
    {
        _cache?.Dispose();
        Home.Dispose();
    }

    private SearchScene Artifact(string type, string name, string path, string? description, string[]? tags, string? author, string? title, string? upstream, string? updated, string file, string body)
    {
        _manifest.Append($"\n[[artifacts]]\nname = {Quoted(name)}\ntype = \"{type}\"\npath = {Quoted(path)}\norigin = \"local\"\nadded = \"2026-01-01T00:00:00\"\n");
        if (tags is not null) _manifest.Append($"tags = [{string.Join(", ", tags.Select(Quoted))}]\n");
        if (upstream is not null) _manifest.Append($"upstream = {Quoted(upstream)}\n");
        if (updated is not null) _manifest.Append($"last_updated = \"{updated}\"\n");
        _manifest.Append("\n[artifacts.metadata]\n");
        if (description is not null) _manifest.Append($"description = {Quoted(description)}\n");
        if (author is not null) _manifest.Append($"author = {Quoted(author)}\n");
        if (title is not null) _manifest.Append($"title = {Quoted(title)}\n");
        Home.Write(Home.At(["collections", "default", .. file.Split('/')]), body);
        return this;
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
