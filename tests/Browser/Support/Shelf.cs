using SkillMeat.Tests.LoopbackGitHub;

namespace SkillMeat.Tests.Browser.Support;

/// <summary>A collection of one test with what a repository of its own has: the skills pdf, tables and notes, and the command standup.</summary>
internal sealed class Shelf
{
    private readonly Stage _stage;
    private readonly GitRepositoryBuilder _upstream;

    private Shelf(Stage stage, string collection, string repository, GitRepositoryBuilder upstream)
    {
        _stage = stage;
        _upstream = upstream;
        Collection = collection;
        Repository = repository;
    }

    public string Collection { get; }

    /// <summary>The repository, as <c>owner/name</c>.</summary>
    public string Repository { get; }

    /// <summary>The address of the screen of its artifacts.</summary>
    public string Path => $"/collections/{Collection}";

    public static async Task<Shelf> MakeAsync(Stage stage)
    {
        var name = stage.NewName("shelf");
        var upstream = stage.Repository(
            $"acme/{name}",
            Skill("pdf", "1.0.0", "Extracts text from documents", "one\ntwo\nthree", "documents"),
            Skill("tables", "1.0.0", "Reads rows and columns", "Rows.", "data"),
            Skill("notes", "1.0.0", "Keeps minutes", "Minutes.", "documents"),
            GitChange.Write("commands/standup.md", "---\ndescription: Sums up yesterday\n---\nList what changed.\n"));
        await stage.CollectionAsync(name);
        await stage.Api.SendAsync(HttpMethod.Post, $"collections/{name}/artifacts", new { specs = new[] { $"acme/{name}" }, all = true });
        return new Shelf(stage, name, $"acme/{name}", upstream);
    }

    /// <summary>Commits another version of a skill upstream.</summary>
    public void Publish(string skill, string version, string text) => _upstream.Commit($"Improve {skill}", Skill(skill, version, "Better than before", text, "documents"));

    /// <summary>Removes a skill upstream.</summary>
    public void Withdraw(string skill) => _upstream.Commit($"Remove {skill}", GitChange.Delete($"skills/{skill}/SKILL.md"));

    /// <summary>The path of a file of a skill in the collection.</summary>
    public string File(string skill, string name = "SKILL.md") => System.IO.Path.Combine(_stage.Home, "collections", Collection, "skills", skill, name);

    /// <summary>Makes a group with members.</summary>
    public async Task GroupAsync(string name, params string[] members)
    {
        await _stage.Api.SendAsync(HttpMethod.Post, $"collections/{Collection}/groups", new { name });
        if (members.Length > 0) await _stage.Api.SendAsync(HttpMethod.Post, $"collections/{Collection}/groups/{name}/members", new { artifacts = members });
    }

    /// <summary>Reads the names of the groups, each with its members, from the service.</summary>
    public async Task<string[]> GroupsAsync() =>
        [.. (await _stage.Api.GetAsync($"collections/{Collection}/groups")).GetProperty("items").EnumerateArray()
            .Select(one => $"{one.GetProperty("name").GetString()}: {string.Join(' ', one.GetProperty("members").EnumerateArray().Select(member => member.GetString()))}".TrimEnd())];

    private static GitChange Skill(string name, string version, string description, string text, string tag) =>
        GitChange.Write($"skills/{name}/SKILL.md", $"---\nname: {name}\ndescription: {description}\nversion: {version}\ntags: [{tag}]\n---\n# {name}\n\n{text}\n");
}
