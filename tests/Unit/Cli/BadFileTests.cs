using System.Text;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary>Invalid files: one line that names file and position, exit code 1, nothing on standard output, nothing changed.</summary>
public sealed class BadFileTests
{
    private const string Head = "[collection]\nname = \"default\"\nversion = \"1.0.0\"\n\n";
    private const string First = "[[artifacts]]\nname = \"a\"\ntype = \"skill\"\npath = \"skills/a\"\norigin = \"local\"\nadded = \"2026-01-01T00:00:00\"\n";

    // The fault, the whole manifest, the position of the fault, a part of the message.
    public static TheoryData<string, string, string, string> Manifests => new()
    {
        { "no TOML", "[collection\nname = \"default\"\n", "1:1", "']'" },
        { "no TOML further down", Head + First + "\n\ttags = [\"ä\", oops]\n", "12:15", "this is not a value" },
        { "a string without an end", Head + "[[artifacts]]\nname = \"a\n", "6:8", "" },
        { "a key twice", Head + "[[artifacts]]\nname = \"a\"\nname = \"b\"\n", "7:1", "name" },
        { "empty", "", "1:1", "[collection]" },
        { "no [collection]", First, "1:1", "[collection]" },
        { "[collection] is a list", "[[collection]]\nname = \"default\"\n", "1:1", "'collection'" },
        { "[collection] is a string", "collection = \"default\"\n", "1:14", "'collection'" },
        { "no name of the collection", "\n[collection]\nversion = \"1.0.0\"\n", "2:1", "'name'" },
        { "no name", Head + First.Replace("name = \"a\"\n", "", StringComparison.Ordinal), "5:1", "artifact 1 has no 'name'" },
        { "an empty name", Head + First.Replace("\"a\"", "\"\"", StringComparison.Ordinal), "6:8", "'name'" },
        { "no type", Head + First.Replace("type = \"skill\"\n", "", StringComparison.Ordinal), "5:1", "artifact 'a' has no 'type'" },
        { "no path", Head + First.Replace("path = \"skills/a\"\n", "", StringComparison.Ordinal), "5:1", "artifact 'a' has no 'path'" },
        { "no origin", Head + First.Replace("origin = \"local\"\n", "", StringComparison.Ordinal), "5:1", "artifact 'a' has no 'origin'" },
        { "no added", Head + First.Replace("added = \"2026-01-01T00:00:00\"\n", "", StringComparison.Ordinal), "5:1", "artifact 'a' has no 'added'" },
        { "a name that is a number", Head + First.Replace("\"a\"", "5", StringComparison.Ordinal), "6:8", "'name' of artifact 1 is not a string" },
        { "a type that is a list", Head + First.Replace("\"skill\"", "[\"skill\"]", StringComparison.Ordinal), "7:8", "'type' of artifact 'a' is not a string" },
        { "a path that is a flag", Head + First.Replace("\"skills/a\"", "true", StringComparison.Ordinal), "8:8", "'path' of artifact 'a' is not a string" },
        { "tags that are a string", Head + First + "tags = \"a\"\n", "11:8", "'tags' of artifact 'a' is not a list of strings" },
        { "tags that are numbers", Head + First + "tags = [\"a\", 1]\n", "11:14", "'tags' of artifact 'a' is not a list of strings" },
        { "metadata that is a string", Head + First + "metadata = \"m\"\n", "11:12", "'metadata' of artifact 'a' is not a table" },
        { "a description that is a number", Head + First + "\n[artifacts.metadata]\ndescription = 1\n", "13:15", "'description' of artifact 'a' is not a string" },
        { "artifacts that are a table", Head + "[artifacts]\nname = \"a\"\n", "5:1", "'artifacts'" },
        { "artifacts that are numbers", "artifacts = [1, 2]\n" + Head, "1:13", "artifacts" },
        { "groups that are a number", "groups = 1\n" + Head, "1:10", "'groups'" },
        { "MCP servers that are a string", "mcp_servers = \"x\"\n" + Head, "1:15", "'mcp_servers'" },
        { "a path with ..", Head + WithPath("skills/../../b"), "8:8", "leaves the collection" },
        { "a path of ..", Head + WithPath(".."), "8:8", "leaves the collection" },
        { "an absolute path", Head + WithPath("/etc/passwd"), "8:8", "leaves the collection" },
        { "a drive", Head + WithPath("C:\\\\Windows"), "8:8", "leaves the collection" },
        { "a drive without a slash", Head + WithPath("c:secret"), "8:8", "leaves the collection" },
        { "backslashes and ..", Head + WithPath("skills\\\\..\\\\..\\\\b"), "8:8", "leaves the collection" },
        { "a share", Head + WithPath("\\\\\\\\server\\\\share"), "8:8", "leaves the collection" },
        { "a backslash in front", Head + WithPath("\\\\Windows"), "8:8", "leaves the collection" },
        { "a path with a NUL", Head + WithPath("skills/a\\u0000b"), "8:8", "control character" },
        { "a path with a line end", Head + WithPath("skills/a\\nb"), "8:8", "control character" },
        { "the collection as a path", Head + WithPath("./"), "8:8", "collection itself" },
        { "one id twice", Head + First + "\n" + First, "12:1", "'skill:a' is listed twice (first on line 5)" },
        { "one id in two spellings", Head + WithType("mcp") + WithType("mcp-server"), "11:1", "'mcp:a' is listed twice (first on line 5)" },
        { "one id in upper case", Head + WithType("MCP_Server") + WithType("mcp"), "11:1", "'mcp:a' is listed twice (first on line 5)" },
        { "an unknown type", Head + WithType("skil"), "7:8", "valid types: skill, command, agent, hook, mcp, workflow, composite, project_config" },
        { "a type with a line end", Head + WithType("sk\\nil"), "7:8", "valid types" },
        { "a type that a terminal would obey", Head + WithType("\\u001b[2Jskill"), "7:8", "valid types" },
        { "a name with a slash", Head + First.Replace("\"a\"", "\"a/b\"", StringComparison.Ordinal), "6:8", "the name of artifact 1 contains a slash" },
        { "a name with a backslash", Head + First.Replace("\"a\"", "'a\\b'", StringComparison.Ordinal), "6:8", "the name of artifact 1 contains a slash or backslash" },
        { "a name with ..", Head + First.Replace("\"a\"", "\"a..b\"", StringComparison.Ordinal), "6:8", "the name of artifact 1 contains '..'" },
        { "a hidden name", Head + First.Replace("\"a\"", "\".git\"", StringComparison.Ordinal), "6:8", "starts with a dot" },
        { "a name with a line end", Head + First.Replace("\"a\"", "\"a\\nb\"", StringComparison.Ordinal), "6:8", "control character" },
    };

    // After a manifest with the single artifact 'a'.
    public static TheoryData<string, string, string, string> LockFiles => new()
    {
        { "no TOML", "[lock]\nversion = 1.0.0\n", "2:11", "" },
        { "an entry without a hash", "[lock.entries.\"a::skill\"]\nfetched = \"2026-01-01T00:00:00\"\n", "1:1", "lock entry 'a::skill' has no 'content_hash'" },
        { "an entry without a date", "[lock]\n[lock.entries.\"a::skill\"]\ncontent_hash = \"00\"\n", "2:1", "lock entry 'a::skill' has no 'fetched'" },
        { "an empty hash", "[lock.entries.\"a::skill\"]\ncontent_hash = \"\"\nfetched = \"2026-01-01T00:00:00\"\n", "2:16", "'content_hash'" },
        { "a hash that is a number", "[lock.entries.\"a::skill\"]\ncontent_hash = 57\nfetched = \"2026-01-01T00:00:00\"\n", "2:16", "'content_hash'" },
        { "an entry that is a string", "[lock.entries]\n\"a::skill\" = \"00\"\n", "2:14", "lock entry 'a::skill' is not a table" },
        { "entries that are a list", "[lock]\nentries = []\n", "2:11", "'entries'" },
        { "[lock] that is a string", "lock = \"1\"\n", "1:8", "'lock'" },
        { "an entry of an artifact that is not there", "[lock.entries.\"gone::skill\"]\nfetched = \"2026-01-01T00:00:00\"\n", "1:1", "lock entry 'gone::skill'" },
    };

    public static TheoryData<string, string, string, string> Configurations => new()
    {
        { "no TOML", "[settings]\ndefault-collection = default\n", "2:22", "" },
        { "a collection that is a number", "[settings]\ndefault-collection = 5\n", "2:22", "'default-collection'" },
        { "a collection outside of the home", "[settings]\ndefault-collection = \"../default\"\n", "2:22", "contains a slash" },
        { "settings that are a string", "settings = \"x\"\n", "1:12", "'settings'" },
    };

    [Theory, MemberData(nameof(Manifests))]
    public async Task A_bad_manifest_is_named_with_the_place(string what, string text, string place, string message)
    {
        using var home = TestHome.WithSkills(1);
        home.Write(home.Manifest, text);
        await CheckAsync(home, home.Manifest, what, place, message);
    }

    [Fact]
    public async Task A_manifest_that_is_not_UTF8_is_named_with_the_place()
    {
        using var home = TestHome.WithSkills(1);
        home.Write(home.Manifest, [.. Encoding.UTF8.GetBytes("[collection]\nname = \"ä"), 0xE4, .. "\"\n"u8]);
        await CheckAsync(home, home.Manifest, "Latin-1", "2:10", "not UTF-8");
        home.Write(home.Manifest, Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Head)).ToArray());
        await CheckAsync(home, home.Manifest, "UTF-16", "1:1", "not UTF-8");
    }

    [Theory, MemberData(nameof(LockFiles))]
    public async Task A_bad_lock_file_is_named_with_the_place(string what, string text, string place, string message)
    {
        using var home = TestHome.WithSkills(1);
        home.Write(home.LockFile, text);
        await CheckAsync(home, home.LockFile, what, place, message);
    }

    [Theory, MemberData(nameof(Configurations))]
    public async Task A_bad_configuration_is_named_with_the_place(string what, string text, string place, string message)
    {
        using var home = TestHome.WithSkills(1);
        home.Write(home.Config, text);
        await CheckAsync(home, home.Config, what, place, message);
    }

    [Fact]
    public async Task A_configuration_that_is_no_TOML_stops_every_command_before_it_changes_anything()
    {
        using var home = TestHome.WithSkills(1);
        home.Write(home.Config, "[settings\n");
        var before = home.Tree();
        foreach (var command in new[] { "init", "collection create other", "collection use default", "collection list", "collection snapshots", "show a1", "list -c default" })
        {
            (await home.RunAsync([.. command.Split(' '), "--format", "json"])).Fails($"{home.Config}:1:1: ");
            Assert.Equal(before, home.Tree());
        }
    }

    [Theory]
    [InlineData("[settings]\ndefault-collection = \"../default\"\n")]
    [InlineData("[settings]\ndefault-collection = 5 # mine\n")]
    public async Task Choosing_a_collection_repairs_a_configuration_that_names_none(string text)
    {
        using var home = TestHome.WithSkills(1);
        home.Write(home.Config, text);
        (await home.RunAsync("list", "-c", "default")).Succeeds();
        (await home.RunAsync("collection", "list")).Succeeds();
        (await home.RunAsync("collection", "use", "default")).Succeeds();
        Assert.Equal(text.Replace("\"../default\"", "\"default\"", StringComparison.Ordinal).Replace("5", "\"default\"", StringComparison.Ordinal), await File.ReadAllTextAsync(home.Config, TestContext.Current.CancellationToken));
        (await home.RunAsync("list")).Succeeds();
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("\"many\"")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    public async Task A_number_of_kept_snapshots_that_is_none_stops_the_refresh_before_it_changes_anything(string value)
    {
        using var home = TestHome.WithSkills(1);
        home.Write(home.Config, $"[settings]\nkeep-automatic-snapshots = {value}\n");
        var before = home.Tree("cache", "locks");
        (await home.RunAsync("collection", "refresh", "--format", "json")).Fails($"{home.Config}:2:28: ", "keep-automatic-snapshots");
        Assert.Equal(before, home.Tree("cache", "locks"));
    }

    [Fact]
    public async Task A_folder_in_the_place_of_a_file_is_an_error_and_stays()
    {
        using var home = TestHome.WithSkills(1);
        File.Delete(home.LockFile);
        Directory.CreateDirectory(home.LockFile);
        var before = home.Tree();
        (await home.RunAsync("collection", "refresh")).Fails(home.LockFile);
        Assert.Equal(before, home.Tree());
    }

    private static string WithPath(string path) => First.Replace("skills/a", path, StringComparison.Ordinal);

    private static string WithType(string type) => First.Replace("\"skill\"", $"\"{type}\"", StringComparison.Ordinal);

    private static async Task CheckAsync(TestHome home, string file, string what, string place, string message)
    {
        var before = home.Tree();
        foreach (var command in new[] { "list", "collection show", "collection refresh", "collection refresh --check-only", "collection refresh --dry-run" })
        {
            var run = await home.RunAsync([.. command.Split(' '), "--format", "json"]);
            Assert.True(run.Error.StartsWith($"error: {file}:{place}: ", StringComparison.Ordinal), $"{what}, {command}: not at {place}: {run.Error}");
            run.Fails(message);
            Assert.Equal(before, home.Tree());
        }
    }
}
