using System.Net;
using SkillMeat.Collections;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Edits that wait for others.</summary>
public sealed class EditGateTests
{
    [Fact]
    public async Task Many_edits_do_not_wait_longer_for_each_other_than_for_another_process()
    {
        await using var scene = await ServiceScene.StartAsync(change: options => options with { LockTimeout = TimeSpan.FromSeconds(1) });
        var store = CollectionStore.Open(scene.Place.Home);
        using var held = await store.Storage.LockAsync([CollectionStore.LockNameOf("default")], TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => scene.SendAsync(HttpMethod.Post, "api/v1/collections/default/groups", new { name = $"g{i}" })));
        Assert.All(answers, answer => answer.Fails(423, "LockTimeout"));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("https://skm.example", "skm.example", "https://skm.example", true)]
    [InlineData("https://skm.example:8443", "skm.example:8443", "https://skm.example:8443", true)]
    [InlineData("http://skm.example", "skm.example", "http://skm.example", false)]
    public async Task A_proxy_before_the_service_has_an_origin_of_its_own(string allowed, string host, string origin, bool isSecure)
    {
        await using var scene = await ServiceScene.StartAsync(change: options => options with { HostNames = [allowed] });
        using var browser = scene.CreateClient();
        var token = scene.Token;
        var signedIn = (await ServiceScene.SendAsync(browser, HttpMethod.Get, $"?token={token}", null, ("Host", host))).Succeeds(HttpStatusCode.SeeOther);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single();
        Assert.Equal(isSecure, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
        (await ServiceScene.SendAsync(browser, HttpMethod.Post, "api/v1/collections", new { name = "one" }, ("Host", host), ("Cookie", cookie.Split(';')[0]), ("Origin", origin))).Succeeds(HttpStatusCode.Created);
        var other = isSecure ? "http" + origin[5..] : "https" + origin[4..];
        (await ServiceScene.SendAsync(browser, HttpMethod.Post, "api/v1/collections", new { name = "two" }, ("Host", host), ("Cookie", cookie.Split(';')[0]), ("Origin", other))).Fails(403, "Forbidden");
        (await scene.GetAsync("api/v1/info", ("Host", "evil.example"))).Fails(421, "WrongHost");
    }

    [Fact]
    public async Task The_token_of_the_settings_is_one_for_GitHub()
    {
        await using var scene = await ServiceScene.StartAsync();
        scene.Place.Write(scene.Place.Config, "[settings]\ndefault-collection = \"default\"\n");
        Assert.False((await scene.GetAsync("api/v1/info")).Json.GetProperty("has_github_token").GetBoolean());
        scene.Place.Write(scene.Place.Config, "[settings]\ndefault-collection = \"default\"\ngithub-token = \"ghp_none\"\n");
        Assert.True((await scene.GetAsync("api/v1/info")).Json.GetProperty("has_github_token").GetBoolean());
    }

    [Fact]
    public async Task Services_that_start_at_once_have_one_token()
    {
        using var place = Support.TestHome.Sample();
        var found = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => new SkillMeat.Server.Access.ServiceFolder(place.Home, TimeProvider.System).FindToken().Text)));
        Assert.Single(found.Distinct());
        Assert.Equal(found[0], (await File.ReadAllTextAsync(place.At("service", "token"), TestContext.Current.CancellationToken)).Trim());
    }
}
