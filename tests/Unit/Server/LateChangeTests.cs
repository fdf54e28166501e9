using System.Net;
using SkillMeat.Collections;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>A change by another program between the arrival of a request and the lock of the engine: <c>If-Match</c> is checked after it.</summary>
public sealed class LateChangeTests
{
    private const string Pdf = "api/v1/collections/default/artifacts/skill:pdf-tools";
    private const string Snapshots = "api/v1/collections/default/snapshots";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_the_files_of_an_artifact_keeps_it_from_being_removed()
    {
        await using var scene = await ServiceScene.StartAsync();
        var file = scene.Place.At("collections", "default", "skills", "pdf-tools", "SKILL.md");
        await AssertStaleAsync(scene, CollectionStore.LockNameOf("default"), HttpMethod.Delete, Pdf, null, () => File.AppendAllText(file, "mine"));
        Assert.EndsWith("mine", await File.ReadAllTextAsync(file, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_the_entry_of_an_artifact_keeps_it_from_being_edited()
    {
        await using var scene = await ServiceScene.StartAsync();
        await AssertStaleAsync(scene, CollectionStore.LockNameOf("default"), HttpMethod.Put, Pdf, new { title = "mine" }, () =>
            File.WriteAllText(scene.Place.Manifest, File.ReadAllText(scene.Place.Manifest).Replace("Extract text and tables", "Take text and tables", StringComparison.Ordinal)));
        Assert.DoesNotContain("mine", await File.ReadAllTextAsync(scene.Place.Manifest, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_the_settings_is_not_lost()
    {
        await using var scene = await ServiceScene.StartAsync();
        await AssertStaleAsync(scene, CollectionStore.HomeLockName, HttpMethod.Put, "api/v1/settings", new { marketplace_hours = 1 }, () =>
            File.WriteAllText(scene.Place.Config, "[settings]\ndefault-collection = \"default\"\nmarketplace-hours = 7\n"));
        Assert.Contains("= 7", await File.ReadAllTextAsync(scene.Place.Config, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_project_keeps_it_registered()
    {
        await using var scene = await ServiceScene.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(scene.Place.Place, "app")).FullName;
        var id = (await scene.SendAsync(HttpMethod.Post, "api/v1/projects", new { path = folder, name = "app" })).Succeeds(HttpStatusCode.Created).Json.GetProperty("id").GetString()!;
        var list = scene.Place.At("projects.toml");
        await AssertStaleAsync(scene, CollectionStore.HomeLockName, HttpMethod.Delete, $"api/v1/projects/{id}", null, () =>
            File.WriteAllText(list, File.ReadAllText(list).Replace("name = \"app\"", "name = \"theirs\"", StringComparison.Ordinal)));
        Assert.Contains("theirs", await File.ReadAllTextAsync(list, Cancellation), StringComparison.Ordinal);
        (await scene.SendAsync(HttpMethod.Delete, $"api/v1/projects/{id}", null, ("If-Match", (await scene.GetAsync($"api/v1/projects/{id}")).Tag!))).Succeeds();
    }

    [Fact]
    public async Task Of_a_snapshot_keeps_it()
    {
        await using var scene = await ServiceScene.StartAsync();
        var older = (await scene.SendAsync(HttpMethod.Post, Snapshots)).Succeeds(HttpStatusCode.Created).Json.GetProperty("id").GetString()!;
        var id = (await scene.SendAsync(HttpMethod.Post, Snapshots)).Succeeds(HttpStatusCode.Created).Json.GetProperty("id").GetString()!;
        var file = Assert.Single(Directory.GetFiles(scene.Place.Snapshots, $"{older}*"));
        await AssertStaleAsync(scene, CollectionStore.LockNameOf("default"), HttpMethod.Delete, $"{Snapshots}/{id}", null, () => File.Delete(file));
        (await scene.SendAsync(HttpMethod.Delete, $"{Snapshots}/{id}", null, ("If-Match", (await scene.GetAsync($"{Snapshots}/{id}")).Tag!))).Succeeds();
    }

    [Theory]
    [InlineData("{\"name\": \"team\", \"description\": \"mine\", \"is_active\": true}")]
    [InlineData("{\"is_active\": true}")]
    [InlineData("{}")]
    public async Task Of_a_collection_keeps_all_of_it(string body)
    {
        await using var scene = await ServiceScene.StartAsync();
        (await scene.SendAsync(HttpMethod.Post, "api/v1/collections", new { name = "work" })).Succeeds(HttpStatusCode.Created);
        var manifest = scene.Place.At("collections", "work", "collection.toml");
        await AssertStaleAsync(scene, CollectionStore.LockNameOf("work"), HttpMethod.Put, "api/v1/collections/work", body, () =>
            File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("[collection]\n", "[collection]\ndescription = \"theirs\"\n", StringComparison.Ordinal)));
        var read = CollectionStore.Open(scene.Place.Home).Read("work");
        Assert.Equal(("theirs", false), (read.Description, read.IsActive));
    }

    private static async Task AssertStaleAsync(ServiceScene scene, string lockName, HttpMethod method, string path, object? body, Action change)
    {
        var tag = (await scene.GetAsync(path)).Succeeds().Tag!;
        Task<ServiceAnswer> sent;
        using (await CollectionStore.Open(scene.Place.Home).Storage.LockAsync([lockName], TimeSpan.FromSeconds(9), Cancellation))
        {
            sent = scene.SendAsync(method, path, body, ("If-Match", tag));
            await Task.Delay(500, Cancellation);
            Assert.False(sent.IsCompleted);
            change();
        }

        (await sent).Fails(412, "StaleEdit");
    }
}
