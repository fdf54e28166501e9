using System.Net;
using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.Server.Model;

/// <summary>One of many clients, which makes random edits of its own things and of those that all share.</summary>
/// <param name="scene">The service.</param>
/// <param name="number">The number of the client.</param>
/// <param name="projects">The ids of the projects.</param>
internal sealed class ModelClient(ServiceScene scene, int number, IReadOnlyList<string> projects)
{
    public const string Board = "collections/default/groups/board";
    public const string Crowd = "collections/default/groups/crowd";
    public const string Groups = "collections/default/groups";
    public const string Tags = "collections/default/tag-definitions";

    private readonly Random _random = new(number);
    private readonly List<ModelEdit> _made = [];
    private readonly Dictionary<string, List<string>> _own = new(StringComparer.Ordinal) { [Groups] = [], [Tags] = [], ["collections"] = [] };
    private bool _isMember;
    private int _last;

    /// <summary>The edits that were made, in their order.</summary>
    public IReadOnlyList<ModelEdit> Made => _made;

    /// <summary>The number of edits that were refused as stale.</summary>
    public int Refused { get; private set; }

    /// <summary>The collections that it made and did not delete.</summary>
    public IReadOnlyList<string> Collections => _own["collections"];

    /// <summary>Whether its artifact is deployed in each project.</summary>
    public Dictionary<string, bool> Deployed { get; } = new(StringComparer.Ordinal);

    public string Artifact => $"a{number + 1}";

    /// <summary>Makes a number of edits, each after a read.</summary>
    public async Task RunAsync(int edits)
    {
        for (var i = 0; i < edits; i++)
        {
            var read = new[] { "collections", "collections/default", "collections/default/artifacts?limit=5", Groups, Tags, Board, "deployments?limit=5", "cache/search?q=a1", "projects" }[_random.Next(9)];
            (await scene.GetAsync($"api/v1/{read}")).Succeeds();
            await EditAsync();
        }
    }

    private Task EditAsync() => _random.Next(12) switch
    {
        0 or 1 or 2 => ShareAsync(),
        3 => JoinAsync(),
        4 or 5 => ChangeAsync(Groups, name => new { name, color = "slate", members = new[] { Artifact } }),
        6 or 7 => ChangeAsync(Tags, name => new { name, color = "red" }),
        8 or 9 => ChangeAsync("collections", name => new { name }),
        _ => DeployAsync(),
    };

    // The description of a group grows by a word. Those who read an old one are refused.
    private async Task ShareAsync()
    {
        var word = Next("w");
        while (true)
        {
            var read = (await scene.GetAsync($"api/v1/{Board}")).Succeeds();
            var body = new { description = $"{GroupServiceTests.TextOf(read, "description")} {word}" };
            if (!await SendAsync("PUT", Board, body, read.Tag, ("words", word))) continue;
            return;
        }
    }

    private async Task JoinAsync()
    {
        if (_isMember) await SendAsync("PUT", Board, new { description = Next("stale") }, "\"stale\"");
        else _isMember = await SendAsync("POST", $"{Crowd}/members", new { artifacts = new[] { Artifact } }, tag: null, ("members", $"skill:{Artifact}"));
    }

    private async Task ChangeAsync(string list, Func<string, object> make)
    {
        var own = _own[list];
        if (own.Count == 0 || (own.Count < 3 && _random.Next(2) == 0))
        {
            var name = Next("n");
            Assert.True(await SendAsync("POST", list, make(name), tag: null, list == "collections" ? null : (list, name)));
            own.Add(name);
            return;
        }

        var chosen = own[_random.Next(own.Count)];
        var tag = (await scene.GetAsync($"api/v1/{list}/{chosen}")).Succeeds().Tag;
        // Nobody else changes it.
        if (_random.Next(3) > 0)
        {
            Assert.True(await SendAsync("PUT", $"{list}/{chosen}", new { description = Next("d") }, tag));
            return;
        }

        Assert.True(await SendAsync("DELETE", $"{list}/{chosen}", body: null, tag));
        own.Remove(chosen);
    }

    private async Task DeployAsync()
    {
        var project = projects[_random.Next(projects.Count)];
        var isThere = Deployed.GetValueOrDefault(project);
        var answer = await scene.SendAsync(HttpMethod.Post, $"api/v1/projects/{project}/{(isThere ? "undeploy" : "deploy")}", new { artifacts = new[] { $"skill:{Artifact}" } });
        var job = await scene.EndOfAsync(answer);
        Assert.True(job.GetProperty("state").GetString() == "succeeded", job.ToString());
        Deployed[project] = !isThere;
    }

    private async Task<bool> SendAsync(string method, string path, object? body, string? tag, (string List, string Name)? appends = null)
    {
        var answer = await scene.SendAsync(new HttpMethod(method), $"api/v1/{path}", body, tag is null ? [] : [("If-Match", tag)]);
        if (answer.Status == HttpStatusCode.PreconditionFailed)
        {
            answer.Fails(412, "StaleEdit");
            Refused++;
            return false;
        }

        Assert.True((int)answer.Status is 200 or 201, $"{method} {path}: {answer.Text}");
        Assert.NotEqual(JsonValueKind.Undefined, answer.Json.ValueKind);
        _made.Add(new ModelEdit(number, method, path, body) { Appends = appends });
        return true;
    }

    private string Next(string prefix) => $"{prefix}{number}-{++_last}";
}
