using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Organizing;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Organizing;

/// <summary>Random moves and copies between three collections have the result of a model that is a few dictionaries.</summary>
public sealed class TransferPropertyTests
{
    private static readonly string[] _collections = ["default", "one", "two three"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Collections_are_as_the_model_says(int seed)
    {
        var random = new Random(seed);
        using var home = TestHome.WithSkills(6);
        var store = CollectionStore.Open(home.Home);
        foreach (var name in _collections.Skip(1)) await store.CreateAsync(name, TimeSpan.FromSeconds(10), Cancellation);
        var model = _collections.ToDictionary(name => name, _ => new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var artifact in store.Read("default").Artifacts) model["default"][artifact.Name] = Read(store, artifact);

        for (var round = 0; round < 60; round++)
        {
            var (from, to) = (Pick(random, _collections), Pick(random, _collections));
            var isMove = random.Next(2) == 0;
            var pattern = random.Next(5) switch { 0 => "*", 1 => "a?", 2 => "*-x", _ => model[from].Count > 0 ? Pick(random, [.. model[from].Keys]) : "a1" };
            var newName = random.Next(3) == 0 ? $"n{random.Next(9)}-x" : null;
            if (random.Next(4) == 0 && model[from].Count > 0) Edit(store, model, from, Pick(random, [.. model[from].Keys]), $"round {round}");
            var chosen = model[from].Keys.Where(name => NamePattern.Simple(pattern).Matches(new ArtifactId(ArtifactType.Skill, name))).ToList();
            var fits = from != to && chosen.Count > 0 && (newName is null || chosen.Count == 1) && !chosen.Any(name => model[to].ContainsKey(newName ?? name));
            var story = $"seed {seed}, round {round}: {(isMove ? "move" : "copy")} {pattern} from {from} to {to} as {newName}";
            var request = new TransferRequest { Artifacts = [pattern], Collection = from, Destination = to, NewName = newName, SkipSnapshot = random.Next(2) == 0 };
            var transfer = new ArtifactTransfer(store, _ => home.Place);
            var error = await Record.ExceptionAsync(() => isMove ? transfer.MoveAsync(request, Cancellation) : transfer.CopyAsync(request, Cancellation));
            Assert.True(fits == error is null && error is null or SkillMeatException, $"{story}: {error}");
            foreach (var name in fits ? chosen : [])
            {
                model[to][newName ?? name] = model[from][name];
                if (isMove) model[from].Remove(name);
            }

            foreach (var collection in _collections) AssertSame(store, collection, model[collection], story);
        }
    }

    private static void AssertSame(CollectionStore store, string name, Dictionary<string, string> expected, string story)
    {
        var artifacts = store.Read(name).Artifacts;
        Assert.True(expected.Keys.Order(StringComparer.Ordinal).SequenceEqual(artifacts.Select(one => one.Name).Order(StringComparer.Ordinal)), $"{story}: {name} lists {string.Join(", ", artifacts.Select(one => one.Name))}");
        Assert.All(artifacts, one => Assert.True(expected[one.Name] == Read(store, one), $"{story}: the files of {one.Name} in {name}"));
        Assert.Equal(artifacts.Select(one => one.Id.LockKey).Order(StringComparer.Ordinal), store.ReadFiles(name).LockFile.Entries.Keys.Order(StringComparer.Ordinal));
        var skills = Path.Combine(store.Read(name).Folder, "skills");
        var folders = Directory.Exists(skills) ? Directory.GetDirectories(skills).Select(Path.GetFileName) : [];
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
    }

    private static void Edit(CollectionStore store, Dictionary<string, Dictionary<string, string>> model, string collection, string name, string text)
    {
        var artifact = store.Read(collection).Find(name);
        File.AppendAllText(Path.Combine(store.Read(collection).Folder, artifact.Path, "SKILL.md"), text + "\r\n");
        model[collection][name] = Read(store, artifact);
    }

    private static string Read(CollectionStore store, Artifact artifact) => string.Join('\n', Directory.GetFiles(Path.Combine(store.Home, "collections", artifact.Collection, artifact.Path)).Order(StringComparer.Ordinal)
        .Select(file => $"{Path.GetFileName(file)}: {File.ReadAllText(file)}"));

    private static string Pick(Random random, string[] items) => items[random.Next(items.Length)];
}
