using System.Text.RegularExpressions;
using SkillMeat.Collections;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Server.Model;

/// <summary>Many clients that read and write at once: no error, nothing lost, and the files afterwards as if the edits had come one after another.</summary>
public sealed partial class ManyClientsTests(ITestOutputHelper output)
{
    private const int Clients = 16;
    private const int Projects = 3;

    // With a number in the environment, as many edits of each client.
    private static int Edits => int.TryParse(Environment.GetEnvironmentVariable("SKILLMEAT_MODEL_EDITS"), out var number) ? number : 6;

    [Fact]
    public async Task Their_edits_are_as_if_they_had_come_one_after_another()
    {
        var place = TestHome.WithSkills(Clients);
        await using var scene = await ServiceScene.StartAsync(place);
        await GroupServiceTests.CreateAsync(scene, "board");
        await GroupServiceTests.CreateAsync(scene, "crowd");
        (await scene.SendAsync(HttpMethod.Put, $"api/v1/{ModelClient.Board}", new { description = "" })).Succeeds();
        // A copy of the home for the same edits one after another.
        using var start = place.Copy();
        var projects = new List<(string Id, string Folder)>();
        for (var i = 0; i < Projects; i++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(place.Place, $"project {i}")).FullName;
            projects.Add(((await scene.SendAsync(HttpMethod.Post, "api/v1/projects", new { path = folder })).Succeeds(System.Net.HttpStatusCode.Created).Json.GetProperty("id").GetString()!, folder));
        }

        var clients = Enumerable.Range(0, Clients).Select(number => new ModelClient(scene, number, [.. projects.Select(project => project.Id)])).ToList();
        await Task.WhenAll(clients.Select(client => Task.Run(() => client.RunAsync(Edits))));

        Assert.DoesNotContain(" 500 ", scene.Log.ToString(), StringComparison.Ordinal);
        Assert.True(clients.Sum(client => client.Refused) > 0, "The edits did not meet.");
        var read = CollectionStore.Open(place.Home).Read();
        var lists = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["words"] = read.FindGroup("board").Description!.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            ["members"] = read.FindGroup("crowd").Members,
            [ModelClient.Groups] = [.. read.ListGroups().Select(group => group.Name!).Where(name => name is not ("board" or "crowd"))],
            [ModelClient.Tags] = [.. read.TagDefinitions.Select(tag => tag.Name!)],
        };
        var made = clients.SelectMany(client => client.Made).ToList();
        foreach (var list in new[] { "words", "members" }) Assert.Equal(made.Where(edit => edit.Appends?.List == list).Select(edit => edit.Appends!.Value.Name).Order(StringComparer.Ordinal), lists[list].Order(StringComparer.Ordinal));
        Assert.Equal(clients.SelectMany(client => client.Collections).Append("default").Order(StringComparer.Ordinal), CollectionStore.Open(place.Home).List().Select(one => one.Name).Order(StringComparer.Ordinal));
        foreach (var client in clients)
        {
            foreach (var (id, folder) in projects)
            {
                var isThere = File.Exists(Path.Combine(folder, ".claude", "skills", client.Artifact, "SKILL.md"));
                Assert.True(isThere == client.Deployed.GetValueOrDefault(id), $"{client.Artifact} in {folder}: {isThere}");
            }
        }

        var deployments = (await scene.GetAsync("api/v1/deployments?limit=1000")).Succeeds().Json;
        Assert.Equal(clients.Sum(client => client.Deployed.Count(one => one.Value)), deployments.GetProperty("total").GetInt32());
        Assert.All(deployments.GetProperty("items").EnumerateArray(), one => Assert.Equal("in_sync", one.GetProperty("state").GetString()));

        var positions = read.ListGroups().Select(group => group.Position).ToList();
        Assert.Equal(positions.Distinct().Order(), positions);
        var order = SerialOrder.Find([.. clients.Select(client => client.Made)], lists);
        Assert.True(order is not null, "The edits cannot have come one after another.");
        await using (var serial = await ServiceScene.StartAsync(start.Copy()))
        {
            foreach (var edit in order) Assert.True((int)(await serial.SendAsync(new HttpMethod(edit.Method), $"api/v1/{edit.Path}", edit.Body)).Status < 300, $"{edit}");
            Assert.Equal(Manifests(serial.Place), Manifests(place));
        }

        Assert.Equal(0, (await place.RunAsync("list")).ExitCode);
        output.WriteLine($"{made.Count} edits, {clients.Sum(client => client.Refused)} refused, {deployments.GetProperty("total")} deployments");
    }

    private static string Manifests(TestHome place) => string.Join('\n', Directory.EnumerateFiles(place.At("collections"), "collection.*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(path => $"{Path.GetRelativePath(place.Home, path)}\n{Times().Replace(File.ReadAllText(path), "")}"));

    // The position of a group depends on those that were there at that moment, and were removed later.
    [GeneratedRegex("^(created|updated|position) = .*\n", RegexOptions.Multiline)]
    private static partial Regex Times();
}
