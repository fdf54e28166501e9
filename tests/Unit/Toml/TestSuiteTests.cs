using System.Text;
using System.Text.Json.Nodes;
using SkillMeat.Errors;
using SkillMeat.Tests.Support;
using SkillMeat.Toml;
using Xunit;

namespace SkillMeat.Tests.Toml;

/// <summary>The public TOML 1.0 test suite, and every file that Python SkillMeat wrote.</summary>
public sealed class TestSuiteTests
{
    [Fact]
    public void Every_valid_vector_means_what_the_suite_says()
    {
        var files = Files("toml-test/valid");
        Assert.True(files.Length > 150, $"only {files.Length} vectors");
        var wrong = files.Where(file => !MeansWhatItShould(file)).ToArray();
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_invalid_vector_is_refused_with_its_place()
    {
        var files = Files("toml-test/invalid");
        Assert.True(files.Length > 300, $"only {files.Length} vectors");
        foreach (var file in files)
        {
            var error = Record.Exception(() => TomlDocument.Parse(File.ReadAllBytes(file), file));
            var invalid = Assert.IsType<DataFileException>(error);
            Assert.Equal(ErrorIds.InvalidToml, invalid.ErrorId);
            Assert.True(invalid is { Line: > 0, Column: > 0 }, file);
            Assert.StartsWith($"{file}:{invalid.Line}:{invalid.Column}: ", invalid.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', invalid.Message);
        }
    }

    [Fact]
    public void Loading_and_saving_keeps_every_byte()
    {
        foreach (var bytes in Files("toml-test/valid").Concat(Files("compat")).Select(File.ReadAllBytes))
        {
            var lineFeeds = Encoding.UTF8.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal);
            byte[][] spellings =
            [
                bytes,
                Encoding.UTF8.GetBytes(lineFeeds.Replace("\n", "\r\n", StringComparison.Ordinal)),
                bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes : [.. Encoding.UTF8.Preamble, .. bytes],
                Encoding.UTF8.GetBytes(lineFeeds.TrimEnd('\n')),
            ];
            Assert.All(spellings, spelling => Assert.Equal(spelling, TomlDocument.Parse(spelling, "x.toml").ToBytes()));
        }
    }

    [Fact]
    public void A_change_that_is_taken_back_leaves_the_other_bytes_of_every_vector_alone()
    {
        foreach (var file in Files("toml-test/valid").Concat(Files("compat")))
        {
            var bytes = File.ReadAllBytes(file);
            var document = TomlDocument.Parse(bytes, file);
            var before = TaggedJson.Of(document.Root);
            document.Root.Set("added by the test", TomlValue.Of("x"));
            var reread = TomlDocument.Parse(document.ToBytes(), file);
            Assert.True(reread.Root.Remove("added by the test"));
            Assert.True(JsonNode.DeepEquals(before, TaggedJson.Of(TomlDocument.Parse(reread.ToBytes(), file).Root)), file);
            Assert.True(document.Root.Remove("added by the test"));
            Assert.True(JsonNode.DeepEquals(before, TaggedJson.Of(TomlDocument.Parse(document.ToBytes(), file).Root)), file);
        }
    }

    [Fact]
    public void Any_content_of_a_file_can_be_written_anew()
    {
        foreach (var file in Files("toml-test/valid").Concat(Files("compat")))
        {
            var source = TomlDocument.Parse(File.ReadAllBytes(file), file);
            var copy = TomlDocument.Empty(file);
            foreach (var key in source.Root.Keys) copy.Root.Set(key, source.Root.Find(key)!);
            var reread = TomlDocument.Parse(copy.ToBytes(), file);
            Assert.True(JsonNode.DeepEquals(TaggedJson.Of(source.Root), TaggedJson.Of(copy.Root)), file);
            Assert.True(JsonNode.DeepEquals(TaggedJson.Of(source.Root), TaggedJson.Of(reread.Root)), file);
        }
    }

    private static bool MeansWhatItShould(string file)
    {
        var expected = JsonNode.Parse(File.ReadAllBytes(Path.ChangeExtension(file, ".json")))!;
        var actual = TaggedJson.Of(TomlDocument.Parse(File.ReadAllBytes(file), file).Root);
        return JsonNode.DeepEquals(TaggedJson.Normalized(expected), TaggedJson.Normalized(actual));
    }

    private static string[] Files(string folder)
    {
        var shared = SharedFolder.Find();
        Assert.SkipWhen(shared is null, "The shared folder with the vectors is not beside the checkout.");
        return Directory.GetFiles(Path.Combine(shared!, folder), "*.toml", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 });
    }
}
