using System.Net;
using SkillMeat.Collections;
using SkillMeat.Editing;
using SkillMeat.Errors;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Many clients, and other processes, that edit groups at once.</summary>
public sealed class GroupConcurrencyTests
{
    private const int Clients = 20;
    private const int Others = 3;
    private const int Edits = 2;
    private const string Group = "api/v1/collections/default/groups/board";

    [Fact]
    public async Task No_edit_of_many_clients_is_lost()
    {
        await using var scene = await ServiceScene.StartAsync();
        await GroupServiceTests.CreateAsync(scene, "board");
        (await scene.SendAsync(HttpMethod.Put, Group, new { description = "" })).Succeeds();
        using var start = scene.Place.Copy();
        var clients = Enumerable.Range(0, Clients).Select(client => EditOverHttpAsync(scene, $"c{client}"));
        var others = Enumerable.Range(0, Others).Select(other => Task.Run(() => EditBesideAsync(scene.Place, $"p{other}")));
        var outcomes = await Task.WhenAll(clients.Concat(others).ToList());
        var made = outcomes.SelectMany(one => one.Made).ToList();
        var written = CollectionStore.Open(scene.Place.Home).Read().FindGroup("board").Description!.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(made.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
        Assert.Equal((Clients + Others) * Edits, made.Count);
        Assert.True(outcomes.Sum(one => one.Refused) > 0, "The edits did not meet.");

        // The same edits one after another.
        var store = CollectionStore.Open(start.Home);
        for (var i = 1; i <= written.Length; i++) await DescribeAsync(store, string.Concat(written.Take(i).Select(one => $" {one}")), expects: null);
        Assert.Equal(TextOf(start), TextOf(scene.Place));
        Assert.Equal(0, (await scene.Place.RunAsync("list")).ExitCode);
    }

    [Fact]
    public async Task Members_that_many_clients_add_at_once_are_all_there()
    {
        using var place = TestHome.WithSkills(Clients);
        await using var scene = await ServiceScene.StartAsync(place.Copy());
        await GroupServiceTests.CreateAsync(scene, "board");
        var answers = await Task.WhenAll(Enumerable.Range(1, Clients).Select(i => scene.SendAsync(HttpMethod.Post, $"{Group}/members", new { artifacts = new[] { $"a{i}" } })));
        Assert.All(answers, answer => answer.Succeeds());
        Assert.Equal(Enumerable.Range(1, Clients).Select(i => $"skill:a{i}").Order(StringComparer.Ordinal), CollectionStore.Open(scene.Place.Home).Read().FindGroup("board").Members.Order(StringComparer.Ordinal));
        var tag = (await scene.GetAsync($"{Group}/members")).Tag!;
        var orders = await Task.WhenAll(Enumerable.Range(1, Clients).Select(i => scene.SendAsync(HttpMethod.Put, $"{Group}/members", new { artifacts = new[] { $"a{i}" } }, ("If-Match", tag))));
        var winner = Assert.Single(orders, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(orders.Where(answer => answer != winner), answer => answer.Fails(412, "StaleEdit"));
        Assert.Equal(winner.Text, (await scene.GetAsync($"{Group}/members")).Text);
    }

    private static async Task<(List<string> Made, int Refused)> EditOverHttpAsync(ServiceScene scene, string client)
    {
        var (made, refused) = (new List<string>(), 0);
        for (var i = 0; made.Count < Edits; i++)
        {
            var read = (await scene.GetAsync(Group)).Succeeds();
            var answer = await scene.SendAsync(HttpMethod.Put, Group, new { description = $"{GroupServiceTests.TextOf(read, "description")} {client}-{i}" }, ("If-Match", read.Tag!));
            if (answer.Status == HttpStatusCode.OK) made.Add($"{client}-{i}");
            else refused += answer.Fails(412, "StaleEdit") is null ? 0 : 1;
        }

        return (made, refused);
    }

    /// <summary>Edits without the service, as another process does.</summary>
    private static async Task<(List<string> Made, int Refused)> EditBesideAsync(TestHome place, string client)
    {
        var store = CollectionStore.Open(place.Home);
        var (made, refused) = (new List<string>(), 0);
        for (var i = 0; made.Count < Edits; i++)
        {
            var before = store.Read().FindGroup("board").Description;
            try
            {
                await DescribeAsync(store, $"{before} {client}-{i}", read => read.FindGroup("board").Description == before);
                made.Add($"{client}-{i}");
            }
            catch (SkillMeatException e) when (e.ErrorId == ErrorIds.StaleEdit)
            {
                refused++;
            }
        }

        return (made, refused);
    }

    private static Task<EditResult> DescribeAsync(CollectionStore store, string description, Predicate<Collection>? expects) => new ManifestEditor(store).EditAsync(
        new EditRequest { Edits = [new ManifestEdit(ManifestList.Groups, EditAction.Set, "board") { Values = new Dictionary<string, string?> { ["description"] = description } }], Expects = expects },
        TestContext.Current.CancellationToken);

    private static string TextOf(TestHome place) => string.Join('\n', File.ReadLines(place.Manifest).Where(line => !line.StartsWith("updated = ", StringComparison.Ordinal)));
}
