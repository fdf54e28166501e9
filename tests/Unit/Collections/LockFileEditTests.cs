using SkillMeat.Collections;
using SkillMeat.Errors;
using Xunit;
using static SkillMeat.Tests.Collections.ManifestText;

namespace SkillMeat.Tests.Collections;

public sealed class LockFileEditTests
{
    private const string Fetched = "fetched = \"2027-01-02T03:04:05.600000\"\n";

    private const string Two = "# locks\n[lock]\nversion = \"1.0.0\"\n\n# a\n[lock.entries.\"a::skill\"] # head\ncontent_hash = 'h1' # hash\nfetched = \"1\"\nresolved_version = \"v1\"\nours = { x = 1 }\n\n[lock.entries.\"b::mcp_server\"]\ncontent_hash = \"h2\"\nfetched = \"2\"\n";

    private static readonly LockEntry _entry = new("h", "https://x/y", "sha", "v2");

    [Fact]
    public void A_new_lock_file_is_written_as_the_original_writes_it()
    {
        var lockFile = ParseLock(null);
        Assert.Equal("[lock]\nversion = \"1.0.0\"\n\n[lock.entries]\n", lockFile.Text());
        lockFile.Set(Id("skill:a"), _entry, Now);
        lockFile.Set(Id("command:b c"), new LockEntry("h2", null, null, null), Now);
        Assert.Equal(
            $"[lock]\nversion = \"1.0.0\"\n\n[lock.entries.\"a::skill\"]\ncontent_hash = \"h\"\n{Fetched}upstream = \"https://x/y\"\nresolved_sha = \"sha\"\nresolved_version = \"v2\"\n\n[lock.entries.\"b c::command\"]\ncontent_hash = \"h2\"\n{Fetched}",
            lockFile.Text());
        Assert.Equal(_entry, ParseLock(lockFile.Text()).Find(Id("skill:a")));

        lockFile.Remove(Id("skill:a"));
        lockFile.Remove(Id("command:b c"));
        Assert.Equal("[lock]\nversion = \"1.0.0\"\n\n[lock.entries]\n", lockFile.Text());
    }

    [Fact]
    public void An_entry_is_edited_in_place_however_its_type_is_spelled()
    {
        var lockFile = ParseLock(Two);
        lockFile.Set(Id("skill:a"), new LockEntry("h3", "u", null, null), Now);
        lockFile.Set(Id("mcp:b"), new LockEntry("h4", null, "s", null), Now);
        Assert.Equal(
            $"# locks\n[lock]\nversion = \"1.0.0\"\n\n# a\n[lock.entries.\"a::skill\"] # head\ncontent_hash = \"h3\" # hash\n{Fetched}ours = {{ x = 1 }}\nupstream = \"u\"\n\n[lock.entries.\"b::mcp_server\"]\ncontent_hash = \"h4\"\n{Fetched}resolved_sha = \"s\"\n",
            lockFile.Text());
        Assert.Equal(new LockEntry("h4", null, "s", null), lockFile.Find(Id("mcp:b")));
    }

    [Theory]
    [InlineData("b::mcp_server", "b::mcp", "b::MCP-server")]
    [InlineData("b::mcp", "b::mcp_server", "b::MCP-server")]
    [InlineData("b::MCP-server", "b::mcp_server", "b::mcp")]
    public void Of_several_spellings_the_one_that_counts_is_left(string first, string second, string third)
    {
        var text = "[lock.entries]\n" + string.Concat(new[] { first, second, third }.Select(key => $"\"{key}\" = {{ content_hash = \"{key}\", fetched = \"1\" }}\n"));
        var lockFile = ParseLock(text);
        Assert.Equal("b::mcp", lockFile.Find(Id("mcp:b"))!.ContentHash);
        lockFile.Set(Id("mcp:b"), _entry with { ResolvedVersion = null }, Now);
        Assert.Equal($"[lock.entries]\n\"b::mcp\" = {{ content_hash = \"h\", {Fetched.TrimEnd()}, upstream = \"https://x/y\", resolved_sha = \"sha\" }}\n", lockFile.Text());

        var removed = ParseLock(text);
        Assert.True(removed.Remove(Id("mcp:b")));
        Assert.Equal("[lock.entries]\n", removed.Text());
        Assert.Null(removed.Find(Id("mcp:b")));
        Assert.False(removed.Remove(Id("mcp:b")));
    }

    [Fact]
    public void Of_several_spellings_that_are_not_ours_the_first_counts()
    {
        var lockFile = ParseLock("[lock.entries.\"b::mcp_server\"]\ncontent_hash = \"1\"\nfetched = \"1\"\n\n[lock.entries.\"b::mcp-server\"]\ncontent_hash = \"2\"\nfetched = \"1\"\n");
        Assert.Equal("1", lockFile.Find(Id("mcp:b"))!.ContentHash);
        lockFile.Set(Id("mcp:b"), new LockEntry("3", null, null, null), Now);
        Assert.Equal($"[lock.entries.\"b::mcp_server\"]\ncontent_hash = \"3\"\n{Fetched}", lockFile.Text());
    }

    [Fact]
    public void A_removed_entry_takes_its_comment_along_and_nothing_else()
    {
        var lockFile = ParseLock(Two);
        Assert.True(lockFile.Remove(Id("skill:a")));
        Assert.Equal("# locks\n[lock]\nversion = \"1.0.0\"\n\n[lock.entries.\"b::mcp_server\"]\ncontent_hash = \"h2\"\nfetched = \"2\"\n", lockFile.Text());
        Assert.False(lockFile.Remove(Id("command:a")));
    }

    [Fact]
    public void An_entry_is_restored_with_the_keys_that_we_do_not_know()
    {
        var lockFile = ParseLock(null);
        var other = ParseLock(Two);
        Assert.True(lockFile.CopyEntry(other, Id("skill:a")));
        Assert.True(lockFile.CopyEntry(other, Id("mcp:b")));
        Assert.Equal(
            "[lock]\nversion = \"1.0.0\"\n\n[lock.entries.\"a::skill\"]\ncontent_hash = \"h1\"\nfetched = \"1\"\nresolved_version = \"v1\"\n\n[lock.entries.\"a::skill\".ours]\nx = 1\n\n[lock.entries.\"b::mcp_server\"]\ncontent_hash = \"h2\"\nfetched = \"2\"\n",
            lockFile.Text());
        Assert.False(lockFile.CopyEntry(other, Id("mcp:b")));
        Assert.True(lockFile.CopyEntry(ParseLock(null), Id("mcp:b")));
        Assert.Equal(["a::skill"], lockFile.Entries.Keys);

        var spelled = ParseLock("[lock.entries.\"b::mcp\"] # mine\ncontent_hash = \"h\"\nfetched = \"2\"\nupstream = \"u\"");
        Assert.True(spelled.CopyEntry(other, Id("mcp:b")));
        Assert.Equal("[lock.entries.\"b::mcp\"] # mine\ncontent_hash = \"h2\"\nfetched = \"2\"\n", spelled.Text());
    }

    [Theory]
    [InlineData("", "[lock.entries.\"a::skill\"]\r\n")]
    [InlineData("[lock]\r\nversion = \"1.0.0\"", "[lock]\r\nversion = \"1.0.0\"\r\n\r\n")]
    [InlineData("lock = { version = \"1\", entries = {} }", "lock = { version = \"1\", entries = { \"a::skill\" = ")]
    public void A_lock_file_may_be_spelled_in_other_ways(string text, string start)
    {
        var lockFile = ParseLock(text);
        lockFile.Set(Id("skill:a"), _entry, Now);
        Assert.StartsWith(text.Length == 0 ? "[lock]\n" : start, lockFile.Text(), StringComparison.Ordinal);
        Assert.Equal(_entry, ParseLock(lockFile.Text()).Find(Id("skill:a")));
    }

    [Theory]
    [InlineData("lock = 1", "collection.lock:1:8: 'lock' of the lock file is not a table")]
    [InlineData("[lock.entries]\na = 1", "collection.lock:2:5: lock entry 'a' is not a table")]
    [InlineData("[lock.entries.a]\ncontent_hash = 'h'", "collection.lock:1:1: lock entry 'a' has no 'fetched'")]
    [InlineData("[lock.entries.a]\nfetched = 'h'", "collection.lock:1:1: lock entry 'a' has no 'content_hash'")]
    public void A_text_that_is_no_lock_file_is_refused(string text, string message) => Assert.Equal(message, Assert.Throws<DataFileException>(() => ParseLock(text)).Message);
}
