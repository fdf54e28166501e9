using System.Diagnostics;
using SkillMeat.Cache.Search;
using SkillMeat.Cache.Search.Indexing;
using Xunit;

namespace SkillMeat.Tests.Cache.Search;

/// <summary>The search follows the files, whatever they are.</summary>
public sealed class SearchFreshnessTests
{
    [Fact]
    public void An_edited_manifest_file_is_found_by_its_new_words_only()
    {
        using var scene = new SearchScene().Skill("a", "One", body: "the old word").Skill("b", "Two").Save();
        Assert.Equal("a", scene.Names("old"));

        scene.Home.Write(scene.PathOf("a"), "the new word");

        Assert.Equal("a", scene.Names("new"));
        Assert.Equal(SearchMatch.None, scene.Find("old").Match);
    }

    [Fact]
    public void An_edit_of_the_same_length_and_time_is_found()
    {
        using var scene = new SearchScene().Skill("a", "One", body: "first").Save();
        var time = DateTime.UtcNow.AddDays(-1);
        File.SetLastWriteTimeUtc(scene.PathOf("a"), time);
        Assert.Equal("a", scene.Names("first"));

        File.WriteAllText(scene.PathOf("a"), "third");
        File.SetLastWriteTimeUtc(scene.PathOf("a"), time);

        if (!OperatingSystem.IsWindows()) Assert.Equal("a", scene.Names("third"));
    }

    [Fact]
    public void A_changed_description_and_a_removed_artifact_are_followed()
    {
        using var scene = new SearchScene().Skill("a", "Alpha", body: "").Skill("b", "Beta").Save();
        Assert.Equal("b", scene.Names("beta"));

        using (var other = new SearchScene().Skill("a", "Gamma", body: "").Save()) scene.Home.Write(scene.Home.Manifest, File.ReadAllText(other.Home.Manifest));

        Assert.Equal("a", scene.Names("gamma"));
        Assert.Equal(0, scene.Find("alpha").Total);
        Assert.Equal(0, scene.Find("beta").Total);
        Assert.Equal(1, scene.Find("").Total);
        // Nothing of what is gone stays in the full-text tables.
        Assert.Equal(1, scene.Cache.Database.Run(connection => connection.Number("SELECT count(*) FROM search"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_file_that_comes_later_is_found()
    {
        using var scene = new SearchScene().Skill("a", "One").Save();
        File.Delete(scene.PathOf("a"));
        Assert.Equal("", scene.Names("later"));
        scene.Home.Write(scene.PathOf("a"), "later");

        Assert.Equal("a", scene.Names("later"));
    }

    [Fact]
    public void Odd_files_have_no_text_and_hurt_nothing()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Pipes and links of this kind are not there on Windows.");
        using var scene = new SearchScene().Skill("fifo", "One").Skill("folder", "Two").Skill("link", "Three").Skill("loop", "Four").Skill("locked", "Five", body: "hidden").Skill("missing", "Six")
            .Skill("binary", "Seven").Skill("open", "Eight", body: "---\nname: [unclosed\n\tdescription: x: y: z\nneedle in no end").Skill("good", "Nine", body: "needle").Save();
        Replace("fifo", path => Process.Start("mkfifo", path).WaitForExit());
        Replace("folder", path => Directory.CreateDirectory(path));
        Replace("link", path => File.CreateSymbolicLink(path, "/etc/hostname"));
        Replace("loop", path => File.CreateSymbolicLink(path, path));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(scene.PathOf("locked"), UnixFileMode.None);
        Directory.Delete(Path.GetDirectoryName(scene.PathOf("missing"))!, recursive: true);
        var noise = new byte[100_000];
        new Random(3).NextBytes(noise);
        scene.Home.Write(scene.PathOf("binary"), noise);

        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(9, scene.Find("").Total);
            Assert.Equal("good open", scene.SortedNames("needle"));
            foreach (var word in "one two three four five six seven eight nine".Split(' ')) Assert.Equal(1, scene.Find(word).Total);
        }

        void Replace(string name, Action<string> make)
        {
            File.Delete(scene.PathOf(name));
            make(scene.PathOf(name));
        }
    }

    [Fact]
    public void Only_the_beginning_of_a_long_file_is_searched()
    {
        using var scene = new SearchScene().Skill("a", "One", body: $"needle {new string('x', 200)} {string.Concat(Enumerable.Repeat("straw ", 20_000))} haystack").Save();

        Assert.Equal("a", scene.Names("needle"));
        Assert.Equal("a", scene.Names("straw"));
        Assert.Equal("", scene.Names("haystack"));
    }

    [Theory]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'n', (byte)'e', (byte)'e', (byte)'d', (byte)'l', (byte)'e' })]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'n', 0, (byte)'e', 0, (byte)'e', 0, (byte)'d', 0, (byte)'l', 0, (byte)'e', 0 })]
    [InlineData(new byte[] { (byte)'n', (byte)'e', (byte)'e', (byte)'d', (byte)'l', (byte)'e', 0xC3 })]
    [InlineData(new byte[] { 0xC3, (byte)'\r', (byte)'\n', (byte)'n', (byte)'e', (byte)'e', (byte)'d', (byte)'l', (byte)'e', (byte)'\r' })]
    public void Encodings_are_understood(byte[] bytes)
    {
        using var scene = new SearchScene().Skill("a", "One").Save();
        scene.Home.Write(scene.PathOf("a"), bytes);

        Assert.Equal("a", scene.Names("needle"));
    }

    [Fact]
    public void Files_of_a_large_collection_are_not_looked_at_again_within_the_given_time()
    {
        using var scene = new SearchScene();
        for (var i = 0; i <= TextIndexer.Few; i++) scene.Skill($"s{i}", "One");
        scene.Save();
        var request = new ArtifactSearchRequest { Text = "later", MaxTextAge = TimeSpan.FromHours(1) };
        Assert.Equal(0, scene.Find(request).Total);
        scene.Home.Write(scene.PathOf("s7"), "later");

        Assert.Equal(0, scene.Find(request).Total);
        Assert.Equal(1, scene.Find(request with { MaxTextAge = TimeSpan.Zero }).Total);
    }

    [Fact]
    public void Hooks_and_servers_are_found_by_files_of_any_name()
    {
        using var scene = new SearchScene().Skill("a", "One").Save();
        scene.Home.Write(scene.Home.Manifest, File.ReadAllText(scene.Home.Manifest) + "\n[[artifacts]]\nname = \"guard\"\ntype = \"hook\"\npath = \"hooks/guard\"\norigin = \"local\"\nadded = \"2026-01-01T00:00:00\"\n");
        Assert.Equal("", scene.Names("checker"));
        scene.Home.Write(scene.Home.At("collections", "default", "hooks", "guard", "my.json"), "{\"hooks\": {\"PreToolUse\": [{\"hooks\": [{\"type\": \"command\", \"command\": \"checker\"}]}]}}");
        Assert.Equal("guard", scene.Names("checker"));

        scene.Home.Write(scene.Home.At("collections", "default", "hooks", "guard", "settings.json"), "{\"hooks\": {\"PreToolUse\": [{\"hooks\": [{\"type\": \"command\", \"command\": \"preferred\"}]}]}}");
        Assert.Equal("guard", scene.Names("preferred"));
        Assert.Equal(0, scene.Find("checker").Total);
    }
}
