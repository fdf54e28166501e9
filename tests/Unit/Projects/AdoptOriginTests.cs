using System.Formats.Tar;
using System.Text.Json;
using SkillMeat.Projects.Adoption;
using SkillMeat.Projects.Deploying;
using SkillMeat.Storage.Files;
using SkillMeat.Tests.Support;
using SkillMeat.Upstream.Git;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>Where adopted artifacts came from: the records of <c>npx skills</c>, <c>gh skill</c> and Claude Code's plugins.</summary>
public sealed class AdoptOriginTests
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_project_that_npx_skills_wrote()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await AdoptScene.StartAsync();
        const string skill = "skills/meeting-notes/SKILL.md";
        foreach (var folder in new[] { "user/artifacts-src", "project/.agents/skills" })
        {
            scene.Write($"{folder}/meeting-notes/SKILL.md", AdoptScene.Notes);
            scene.Write($"{folder}/meeting-notes/templates/default.txt", "template\n");
        }

        scene.Write("project/.agents/skills/of-github/SKILL.md", AdoptScene.Notes);
        scene.Write("project/.agents/skills/my-skill/SKILL.md", AdoptScene.Notes + "edited\n");
        scene.Write("project/.agents/skills/well-known/SKILL.md", AdoptScene.Notes);
        scene.Link("project/.claude/skills/meeting-notes", "../../.agents/skills/meeting-notes");
        scene.Write("project/skills-lock.json", $$"""
            {"version": 1, "skills": {
              "meeting-notes": {"source": "{{scene.InUser("artifacts-src")}}", "sourceType": "local", "computedHash": "{{ContentHash.Of(scene.InProject(".agents/skills/meeting-notes"))}}"},
              "of-github": {
                "source": "ada/notes", "sourceType": "github", "sourceUrl": "https://github.com/ada/notes.git", "ref": "release/1.0", "skillPath": "{{skill}}",
                "computedHash": "{{ContentHash.Of(scene.InProject(".agents/skills/of-github"))}}"},
              "My Skill": {"source": "https://gitlab.com/ada/other.git", "sourceType": "gitlab", "sourceUrl": "https://ada:secret@gitlab.com/ada/other.git", "skillPath": "SKILL.md", "computedHash": "00"},
              "well-known": {"source": "example.org", "sourceType": "well-known", "computedHash": "00"}
            } }
            """);
        var before = scene.Tree();

        var result = await scene.AdoptAsync();

        Assert.Equal(before, scene.Tree());
        Assert.Empty(result.Warnings);
        Assert.All(result.Artifacts, one => Assert.Equal(("npx_skills", AdoptStatus.Adopted), (one.FoundIn, one.Status)));
        var (local, edited, github, other) = (result.Artifacts[0], result.Artifacts[1], result.Artifacts[2], result.Artifacts[3]);
        Assert.Equal(("skill:meeting-notes", "local", scene.InUser("artifacts-src/meeting-notes")), (local.ArtifactId, local.Origin, local.Upstream));
        Assert.Equal(("github", "https://github.com/ada/notes/tree/release/1.0/skills/meeting-notes"), (github.Origin, github.Upstream));
        Assert.DoesNotContain("modified", github.Reason, StringComparison.Ordinal);
        Assert.Equal(("local", "https://gitlab.com/ada/other.git/tree/HEAD"), (edited.Origin, edited.Upstream));
        Assert.Contains("That folder lies outside of the project.", local.Reason, StringComparison.Ordinal);
        Assert.Contains("It was modified since.", edited.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", edited.Reason + edited.Upstream, StringComparison.Ordinal);
        Assert.Equal(("local", (string?)null), (other.Origin, other.Upstream));
        // Files that are not known to be upstream's must not be the base of an update.
        Assert.Equal((true, true, false), (scene.Artifact("skill:meeting-notes").ContentHash is not null, scene.Artifact("skill:of-github").ContentHash is not null, scene.Artifact("skill:my-skill").ContentHash is not null));
        Assert.Equal(("release/1.0", "latest", (string?)null), (scene.Artifact("skill:of-github").Ref, scene.Artifact("skill:my-skill").Ref, scene.Artifact("skill:meeting-notes").Ref));
        Assert.Equal(4, scene.Drift().Count(line => line.EndsWith("universal InSync", StringComparison.Ordinal)));

        // The folder is an upstream like any other.
        await File.AppendAllTextAsync(scene.InUser("artifacts-src/meeting-notes/SKILL.md"), "news\n", Cancellation);
        var check = (await scene.RunAsync("collection", "refresh", "--check-only", "--name", "meeting-notes", "--format", "json")).Succeeds(2);
        Assert.Contains("\"updated\"", check.Output, StringComparison.Ordinal);
        (await scene.RunAsync("update", "meeting-notes", "--yes")).Succeeds();
        Assert.Contains("news", await File.ReadAllTextAsync(scene.InCollection(skill), Cancellation), StringComparison.Ordinal);
        Assert.Contains("skill:meeting-notes universal Outdated", scene.Drift());
    }

    [Fact]
    public async Task The_hash_of_npx_skills_has_the_files_in_the_order_of_JavaScript()
    {
        using var scene = await AdoptScene.StartAsync();
        // As ['SKILL.md', …].sort((a, b) => a.localeCompare(b)) orders them.
        string[] ordered = ["_x.md", "a-b.md", "a.md", "a1.md", "B.md", "c.md", "SKILL.md", "z/A.md"];
        foreach (var path in ordered) scene.Write($"project/.agents/skills/notes/{path}", path == "SKILL.md" ? AdoptScene.Notes : path);
        var hashed = string.Concat(ordered.Select(path => path + (path == "SKILL.md" ? AdoptScene.Notes : path)));
        var hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(hashed))).ToLowerInvariant();
        scene.Write("project/skills-lock.json", $$$$"""{"version": 1, "skills": {"notes": {"source": "ada/notes", "sourceType": "github", "skillPath": "SKILL.md", "computedHash": "{{{{hash}}}}"}}}""");

        var one = Assert.Single((await scene.AdoptAsync()).Artifacts);

        Assert.Equal(("npx skills installed it from ada/notes (skills-lock.json).", true), (one.Reason, scene.Artifact("skill:notes").ContentHash is not null));
    }

    [Fact]
    public async Task A_home_that_npx_skills_really_wrote()
    {
        var archive = SharedFolder.Find() is { } shared ? Path.Combine(shared, "agents", "npx-skills-home.tar") : null;
        Assert.SkipWhen(archive is null || !File.Exists(archive) || OperatingSystem.IsWindows(), "the archive is not there, or links need a privilege");
        using var scene = await AdoptScene.StartAsync();
        var unpacked = Directory.CreateDirectory(Path.Combine(scene.Place, "unpacked")).FullName;
        await TarFile.ExtractToDirectoryAsync(archive!, unpacked, overwriteFiles: true, Cancellation);
        var user = Path.Combine(unpacked, "home", "user");
        var app = Path.Combine(user, "projects", "npx-app");
        var links = new[] { Path.Combine(app, ".claude", "skills", "meeting-notes"), Path.Combine(user, ".claude", "skills", "meeting-notes") };
        var before = ContentHash.Of(Path.Combine(app, ".agents", "skills"));

        var result = await new ArtifactAdopter(scene.Store, name => name == "HOME" ? user : null).AdoptAsync(new AdoptRequest { Projects = [app], IncludeUser = true }, Cancellation);

        Assert.Equal(["skill:meeting-notes Adopted", "skill:meeting-notes Recorded"], result.Artifacts.Select(one => $"{one.ArtifactId} {one.Status}"));
        Assert.StartsWith("npx skills installed it from /home/user/artifacts-src (skills-lock.json).", result.Artifacts[0].Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("modified", result.Artifacts[0].Reason, StringComparison.Ordinal);
        Assert.Equal((before, "universal InSync"), (ContentHash.Of(Path.Combine(app, ".agents", "skills")), scene.Drift(app).Single()["skill:meeting-notes ".Length..]));
        Assert.All(links, link => Assert.Equal("../../.agents/skills/meeting-notes", new FileInfo(link).LinkTarget));
    }

    [Fact]
    public async Task The_users_skills_of_npx_and_their_tree_ids()
    {
        using var scene = await AdoptScene.StartAsync();
        foreach (var name in new[] { "same", "edited" }) scene.Write($"user/.agents/skills/{name}/SKILL.md", AdoptScene.Notes);
        var tree = GitObjectId.OfFolder(scene.InUser(".agents/skills/same"), Cancellation).ToString();
        scene.Write("user/.agents/skills/edited/more.md", "mine");
        scene.Variables["XDG_STATE_HOME"] = scene.InUser("state");
        scene.Write("user/.agents/.skill-lock.json", """{"version": 3, "skills": {"same": {"source": "wrong/place", "sourceType": "github", "skillPath": "x/SKILL.md"}}}""");
        scene.Write("user/state/skills/.skill-lock.json", "\uFEFF" + $$"""
            {"version": 3, "skills": {
              "same": {"source": "ada/notes", "sourceType": "github", "sourceUrl": "https://github.com/ada/notes.git", "skillPath": "skills/same/SKILL.md", "skillFolderHash": "{{tree}}"},
              "edited": {"source": "ada/notes", "sourceType": "github", "sourceUrl": "https://github.com/ada/notes.git", "skillPath": "skills/edited/SKILL.md", "skillFolderHash": "{{tree}}"}
            }, "dismissed": {} }
            """);

        var result = await scene.Adopter.AdoptAsync(new AdoptRequest { IncludeUser = true }, Cancellation);

        Assert.Equal(["skill:edited https://github.com/ada/notes/tree/HEAD/skills/edited", "skill:same https://github.com/ada/notes/tree/HEAD/skills/same"], result.Artifacts.Select(one => $"{one.ArtifactId} {one.Upstream}"));
        Assert.Contains("It was modified since.", result.Artifacts[0].Reason, StringComparison.Ordinal);
        Assert.Equal("npx skills installed it from ada/notes (.skill-lock.json).", result.Artifacts[1].Reason);
        Assert.Equal((false, true), (scene.Artifact("skill:edited").ContentHash is not null, scene.Artifact("skill:same").ContentHash is not null));
    }

    [Theory]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{\"version\": 1, \"skills\": ", "not valid JSON")]
    [InlineData("{\"version\": 2, \"skills\": {}}", "its version is 2")]
    [InlineData("{\"skills\": {}}", "its version is missing")]
    public async Task A_record_that_cannot_be_read_is_told_and_passed_over(string text, string problem)
    {
        using var scene = await AdoptScene.StartAsync();
        scene.Write("project/.agents/skills/notes/SKILL.md", AdoptScene.Notes);
        scene.Write("project/skills-lock.json", text);

        var result = await scene.AdoptAsync();

        Assert.Contains(problem, Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(("local", AdoptStatus.Adopted), (result.Artifacts[0].Origin, result.Artifacts[0].Status));
    }

    [Theory]
    [InlineData("{\"version\": 1, \"skills\": {\"notes\": 1}}")]
    [InlineData("{\"version\": 1, \"skills\": {\"notes\": {\"source\": 1}}}")]
    [InlineData("{\"version\": 1, \"skills\": {\"notes\": {\"source\": \"a/b\", \"sourceType\": \"github\", \"skillPath\": \"../../x/SKILL.md\"}}}")]
    [InlineData("{\"version\": 1, \"skills\": {\"notes\": {\"source\": \"a/b\", \"sourceType\": \"github\", \"sourceUrl\": \"file:///etc\", \"skillPath\": \"SKILL.md\"}}}")]
    [InlineData("{\"version\": 1, \"skills\": {\"notes\": {\"source\": \"\\ud800\", \"sourceType\": \"github\"}}}")]
    [InlineData("{\"version\": 1, \"skills\": {\"notes\": {\"source\": \"--upload-pack=x\", \"sourceType\": \"git\", \"skillPath\": \"SKILL.md\"}}}")]
    [InlineData("{\"version\": 1, \"skills\": {\"notes\": {\"source\": \"a/b\", \"sourceType\": \"github\", \"ref\": \"..\", \"skillPath\": \"x/SKILL.md\"}}}")]
    [InlineData("{\"\\ud800\": 1, \"version\": 1, \"skills\": {\"notes\": {\"\\ud800\": 1, \"\\udc00\": 2}}}")]
    public async Task An_odd_entry_makes_no_upstream_of_it(string text)
    {
        using var scene = await AdoptScene.StartAsync();
        scene.Write("project/.agents/skills/notes/SKILL.md", AdoptScene.Notes);
        scene.Write("project/skills-lock.json", text);

        var one = Assert.Single((await scene.AdoptAsync()).Artifacts);

        Assert.Equal((AdoptStatus.Adopted, (string?)null), (one.Status, one.Upstream));
        (await scene.RunAsync("list")).Succeeds();
    }

    [Theory]
    [InlineData("a JSON key that is half a surrogate pair", "")]
    [InlineData("deep", "not valid JSON")]
    [InlineData("large", "skills-lock.json")]
    [InlineData("pipe", "skills-lock.json")]
    [InlineData("device", "skills-lock.json")]
    public async Task A_hostile_record_does_not_end_the_command(string kind, string warning)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no pipes and devices");
        using var scene = await AdoptScene.StartAsync();
        scene.Write("project/.agents/skills/notes/SKILL.md", AdoptScene.Notes);
        var path = scene.InProject("skills-lock.json");
        if (kind == "deep") scene.Write(path, "{\"version\": 1, \"skills\": " + new string('[', 100_000) + new string(']', 100_000) + "}");
        else if (kind == "device") File.CreateSymbolicLink(path, "/dev/zero");
        else if (kind == "pipe") using (var pipe = System.Diagnostics.Process.Start("mkfifo", path)) await pipe.WaitForExitAsync(Cancellation);
        else if (kind == "large") using (var file = File.Create(path)) file.SetLength((32 << 20) + 1);
        else scene.Write(path, """{"\ud800": 1, "version": 1, "skills": {"notes": {"\ud800": 1, "source": "ada/notes", "sourceType": "github", "skillPath": "x/SKILL.md"}}}""");

        var result = await scene.AdoptAsync();

        Assert.Equal(AdoptStatus.Adopted, result.Artifacts.Single().Status);
        if (warning.Length == 0) Assert.Equal(("https://github.com/ada/notes/tree/HEAD/x", 0), (result.Artifacts[0].Upstream, result.Warnings.Count));
        else Assert.Contains(warning, Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("github", "vercel-labs/x", "https://github.com/evil/x.git", null, "x/SKILL.md", "different repositories")]
    [InlineData("gitlab", "a/b", "https://evil.example/c/b.git", null, "x/SKILL.md", "different repositories")]
    [InlineData("git", "https://good.example/a/b", "https://evil.example/a/b", null, "x/SKILL.md", "different repositories")]
    [InlineData("github", "a/b", "https://evil.example/a/b.git", null, "x/SKILL.md", "no address of GitHub")]
    [InlineData("git", "https://good.example/a/b.git", null, "../../../evil/y.git/tree/HEAD", "x/SKILL.md", "cannot be followed")]
    [InlineData("git", "https://good.example/a/b.git", null, "%2e%2e/%2e%2e/%2e%2e/evil/y.git/tree/HEAD", "x/SKILL.md", "cannot be followed")]
    [InlineData("github", "a/b", null, "..", "x/SKILL.md", "cannot be followed")]
    [InlineData("git", "https://good.example/a/b.git?private_token=secret", null, null, "x/SKILL.md", "cannot be followed")]
    [InlineData("git", "x-access-token:secret@good.example/a/b", null, null, "x/SKILL.md", "cannot be followed")]
    [InlineData("git", "https://good.example/a/b.git", "https://ada:secret@evil.example/a/b.git", null, "x/SKILL.md", "different repositories")]
    [InlineData("local", "\\\\evil\\s", null, null, null, "another machine")]
    [InlineData("local", "//evil/s", null, null, null, "another machine")]
    [InlineData("local", "\\\\?\\C:\\s", null, null, null, "another machine")]
    [InlineData("local", "/net/evil/s", null, null, null, "outside of the project")]
    [InlineData("local", "PLACE/far", null, null, "notes/SKILL.md", "outside of the project")]
    [InlineData("local", "PLACE/project", null, null, "PLACE/far/notes/SKILL.md", "no such skill")]
    [InlineData("local", "PLACE/project/link", null, null, "notes/SKILL.md", "outside of the project")]
    public async Task A_hostile_record_claims_no_other_source(string type, string source, string? url, string? reference, string? path, string reason)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "paths differ there, and links need a privilege");
        using var scene = await AdoptScene.StartAsync();
        scene.Write("project/.agents/skills/notes/SKILL.md", AdoptScene.Notes);
        scene.Write("far/notes/SKILL.md", AdoptScene.Notes);
        scene.Link("project/link", Path.Combine(scene.Place, "far"));
        var record = new Dictionary<string, string?> { ["source"] = source, ["sourceType"] = type, ["sourceUrl"] = url, ["ref"] = reference, ["skillPath"] = path };
        var values = record.Where(one => one.Value is not null).ToDictionary(one => one.Key, one => one.Value!.Replace("PLACE", scene.Place, StringComparison.Ordinal));
        scene.Write("project/skills-lock.json", JsonSerializer.Serialize(new { version = 1, skills = new { notes = values } }));

        var one = Assert.Single((await scene.AdoptAsync()).Artifacts);

        Assert.Equal((AdoptStatus.Adopted, "local"), (one.Status, one.Origin));
        Assert.Null(one.Upstream);
        Assert.Contains(reason, one.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", one.Reason + one.Upstream, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_keys_of_gh_skill_in_the_front_matter()
    {
        using var scene = await AdoptScene.StartAsync();
        scene.Write("upstream/notes/SKILL.md", AdoptScene.Notes);
        var tree = GitObjectId.OfFolder(Path.Combine(scene.Place, "upstream", "notes"), Cancellation).ToString();
        var keys = $"metadata:\n  github-repo: https://github.com/ada/notes\n  github-path: skills/notes\n  github-ref: refs/tags/v1.0.0\n  github-tree-sha: {tree}\n  github-pinned: v1.0.0\n---\nFirst";
        scene.Write("project/.claude/skills/notes/SKILL.md", AdoptScene.Notes.Replace("---\nFirst", keys, StringComparison.Ordinal));
        var others = keys.Replace("tags/v1.0.0", "heads/main", StringComparison.Ordinal).Replace("skills/notes", "skills/branch/SKILL.md", StringComparison.Ordinal);
        scene.Write("project/.claude/skills/branch/SKILL.md", AdoptScene.Notes.Replace("---\nFirst", others, StringComparison.Ordinal) + "edited\n");

        var result = await scene.AdoptAsync();

        var (branch, notes) = (result.Artifacts[0], result.Artifacts[1]);
        Assert.Equal(("gh_skill", "github", "https://github.com/ada/notes/tree/v1.0.0/skills/notes", "v1.0.0"), (notes.FoundIn, notes.Origin, notes.Upstream, notes.Version));
        Assert.Equal("gh skill installed it from ada/notes.", notes.Reason);
        Assert.Equal("https://github.com/ada/notes/tree/main/skills/branch", branch.Upstream);
        Assert.Contains("not known whether it was modified", branch.Reason, StringComparison.Ordinal);
        Assert.Equal(("v1.0.0", "v1.0.0", true), (scene.Artifact("skill:notes").Ref, scene.Artifact("skill:notes").ResolvedVersion, scene.Artifact("skill:notes").ContentHash is not null));
        Assert.Equal(("main", (string?)null, false), (scene.Artifact("skill:branch").Ref, scene.Artifact("skill:branch").ResolvedVersion, scene.Artifact("skill:branch").ContentHash is not null));
    }

    [Fact]
    public async Task The_artifacts_of_plugins_are_copied_and_their_folder_stays_as_it_is()
    {
        using var scene = await AdoptScene.StartAsync();
        WritePlugins(scene);
        var before = scene.Tree();

        var planned = await scene.Adopter.AdoptAsync(scene.Request() with { DryRun = true }, Cancellation);
        Assert.Empty((await scene.Adopter.AdoptAsync(scene.Request() with { SkipPlugins = true }, Cancellation)).Artifacts);
        var result = await scene.AdoptAsync();

        Assert.Equal(planned.Artifacts.Select(one => one with { DryRun = false }), result.Artifacts);
        Assert.Equal(
            ["skill:lint Copied", "skill:extra Copied", "command:check Copied", "agent:judge Copied", "hook:quality Copied"],
            result.Artifacts.Select(one => $"{one.ArtifactId} {one.Status}"));
        Assert.Equal(before, scene.Tree());
        Assert.Empty(Directory.GetFiles(scene.Place, ".skillmeat-deployed.toml", SearchOption.AllDirectories));
        var lint = result.Artifacts[0];
        Assert.Equal(("marketplace", $"https://github.com/ada/market/tree/{Commit}/plugins/quality/skills/lint", "1.2.0", "claude_plugin"), (lint.Origin, lint.Upstream, lint.Version, lint.FoundIn));
        Assert.Equal(("github", Commit, (string?)null), (scene.Artifact("skill:lint").OriginSource, scene.Artifact("skill:lint").ResolvedSha, scene.Artifact("skill:lint").ContentHash));
        Assert.Contains("is gone", Assert.Single(result.Warnings), StringComparison.Ordinal);

        Assert.All((await scene.AdoptAsync()).Artifacts, one => Assert.Equal(AdoptStatus.Unchanged, one.Status));
        var user = (await scene.Adopter.AdoptAsync(new AdoptRequest { IncludeUser = true }, Cancellation)).Artifacts;
        Assert.Equal(["skill:solo Copied https://github.com/ada/solo/tree/HEAD"], user.Select(one => $"{one.ArtifactId} {one.Status} {one.Upstream}"));
        Assert.Empty(scene.Drift());
        await new ArtifactDeployer(scene.Store, scene.Environment).DeployAsync(new DeployRequest { All = true, Projects = [scene.Project] }, Cancellation);
        Assert.Equal(6, scene.Drift().Count(line => line.EndsWith("InSync", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Links_of_a_plugin_lead_nothing_else_into_the_collection()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await AdoptScene.StartAsync();
        WritePlugins(scene);
        scene.Write("private/diary.md", "Private\n");
        scene.Write("private/key/SKILL.md", AdoptScene.Notes);
        var quality = scene.InUser(".claude/plugins/cache/market/quality/1.2.0");
        Directory.Delete(Path.Combine(quality, "commands"), recursive: true);
        scene.Link(Path.Combine(quality, "commands"), Path.Combine(scene.Place, "private"));
        scene.Link(Path.Combine(quality, "skills", "key"), Path.Combine(scene.Place, "private", "key"));
        scene.Link(Path.Combine(quality, "skills", "again"), "lint");
        scene.Link(Path.Combine(quality, "more", "home"), Path.Combine(scene.Place, "home", "collections", "default", "skills", "mine"));
        scene.Write("home/collections/default/skills/mine/SKILL.md", AdoptScene.Notes);

        var outcomes = (await scene.AdoptAsync()).Artifacts.ToDictionary(one => one.ArtifactId);

        Assert.Equal((AdoptStatus.Skipped, AdoptStatus.Skipped, AdoptStatus.Skipped, AdoptStatus.Skipped), (outcomes["command:diary"].Status, outcomes["skill:key"].Status, outcomes["skill:again"].Status, outcomes["skill:home"].Status));
        Assert.Contains("leads out of the plugin", outcomes["command:diary"].Reason, StringComparison.Ordinal);
        Assert.Equal(AdoptStatus.Copied, outcomes["skill:lint"].Status);
        Assert.False(Path.Exists(scene.InCollection("commands/diary.md")) || Path.Exists(scene.InCollection("skills/key")));
    }

    [Fact]
    public async Task Artifacts_that_cannot_be_read_are_told_and_the_rest_is_adopted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "everything can be read");
        using var scene = await AdoptScene.StartAsync();
        WritePlugins(scene);
        scene.Write("project/.windsurf/skills/notes/SKILL.md", AdoptScene.Notes);
        scene.Write("project/.agents/skills/notes/SKILL.md", AdoptScene.Notes);
        string[] closed = [scene.InUser(".claude/plugins/cache/market/quality/1.2.0/skills"), scene.InProject(".windsurf/skills")];
        if (!OperatingSystem.IsWindows()) foreach (var folder in closed) File.SetUnixFileMode(folder, UnixFileMode.UserExecute);
        try
        {
            var result = await scene.AdoptAsync();

            Assert.Equal(["skill:notes Adopted"], result.Artifacts.Select(one => $"{one.ArtifactId} {one.Status}"));
            Assert.Contains(result.Warnings, warning => warning.StartsWith($"'{closed[1]}' was passed over: ", StringComparison.Ordinal));
            Assert.Contains(result.Warnings, warning => warning.StartsWith("The plugin 'quality' was passed over: ", StringComparison.Ordinal));
        }
        finally
        {
            if (!OperatingSystem.IsWindows()) foreach (var folder in closed) File.SetUnixFileMode(folder, UnixFileMode.UserExecute | UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static void WritePlugins(AdoptScene scene)
    {
        var (cache, market) = (scene.InUser(".claude/plugins/cache/market"), scene.InUser(".claude/plugins/marketplaces/market"));
        var quality = Path.Combine(cache, "quality", "1.2.0");
        scene.Write(Path.Combine(quality, ".claude-plugin", "plugin.json"), """{"name": "quality", "version": "1.2.0", "skills": ["./more/"], "agents": "./people/judge.md"}""");
        scene.Write(Path.Combine(quality, "skills", "lint", "SKILL.md"), AdoptScene.Notes);
        scene.Write(Path.Combine(quality, "more", "extra", "SKILL.md"), AdoptScene.Notes);
        scene.Write(Path.Combine(quality, "commands", "check.md"), "Check\n");
        scene.Write(Path.Combine(quality, "people", "judge.md"), "---\nname: judge\ndescription: Judges\n---\n");
        scene.Write(Path.Combine(quality, "hooks", "hooks.json"), """{"hooks": {"Stop": []}}""");
        scene.Write(Path.Combine(cache, "solo", "SKILL.md"), AdoptScene.Notes);
        scene.Write(Path.Combine(market, ".claude-plugin", "marketplace.json"), """
            {"name": "market", "metadata": {"pluginRoot": "./plugins"}, "plugins": [{"name": "quality", "source": "./quality"}, {"name": "solo", "source": {"source": "url", "url": "https://github.com/ada/solo.git"}}]}
            """);
        scene.Write("user/.claude/plugins/known_marketplaces.json", $$$"""
            {"market": {"source": {"source": "github", "repo": "ada/market"}, "installLocation": "{{{market}}}", "lastUpdated": "2026-01-01T00:00:00Z"}}
            """);
        scene.Write("user/.claude/plugins/installed_plugins.json", $$"""
            {"version": 2, "plugins": {
              "quality@market": [{"scope": "project", "projectPath": "{{scene.Project}}", "installPath": "{{quality}}", "version": "1.2.0", "gitCommitSha": "{{Commit}}"}],
              "gone@market": [{"scope": "local", "projectPath": "{{scene.Project}}", "installPath": "{{Path.Combine(cache, "gone")}}", "version": "unknown"}],
              "other@market": [{"scope": "project", "projectPath": "{{Path.Combine(scene.Place, "nowhere")}}", "installPath": "{{quality}}", "version": "1.2.0"}],
              "solo@market": [{"scope": "user", "installPath": "{{Path.Combine(cache, "solo")}}", "version": "unknown"}]
            } }
            """);
        scene.Write("project/.claude/settings.json", """{"enabledPlugins": {"quality@market": true}}""");
    }
}
