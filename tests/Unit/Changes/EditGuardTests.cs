using System.Text;
using SkillMeat.Changes;
using SkillMeat.Collections;
using SkillMeat.Errors;
using Xunit;

namespace SkillMeat.Tests.Changes;

/// <summary>Edited manifests that must not be written.</summary>
public sealed class EditGuardTests
{
    private const string Path = "collection.toml";

    private static readonly ArtifactId _first = new(ArtifactType.Skill, "a");
    private static readonly ArtifactId _second = new(ArtifactType.Skill, "b");

    [Theory]
    [InlineData("[artifacts.metadata]\n")]
    [InlineData("[ artifacts.metadata ]\n")]
    public void An_artifact_that_nobody_edited_keeps_its_values(string header)
    {
        var before = Text(header + "title = \"mine\"\n", "");
        var moved = Text("", header + "title = \"mine\"\n");

        var error = Assert.Throws<DataFileException>(() => Check(before, moved, _second));

        Assert.Contains("would change 'skill:a', which was not edited", error.Message, StringComparison.Ordinal);
        Check(before, moved, _first, _second);
        Check(before, before.Replace("\n\n[[", "\n\n# a comment\n[[", StringComparison.Ordinal));
    }

    [Fact]
    public void An_artifact_that_is_missing_is_an_error()
    {
        var text = Text("", "");
        Assert.Contains(
            "would not list the expected artifacts", Assert.Throws<DataFileException>(() => Check(text, text[..text.LastIndexOf("[[", StringComparison.Ordinal)], _first, _second)).Message, StringComparison.Ordinal);
    }

    private static string Text(string below, string belowSecond) =>
        $"[collection]\nname = \"n\"\n{Artifact("a")}{below}{Artifact("b")}{belowSecond}";

    private static string Artifact(string name) => $"\n[[artifacts]]\nname = \"{name}\"\ntype = \"skill\"\npath = \"skills/{name}\"\norigin = \"local\"\nadded = \"2026-01-01T00:00:00\"\n\n";

    private static void Check(string before, string after, params ArtifactId[] edited)
    {
        var bytes = Encoding.UTF8.GetBytes(before);
        var files = new CollectionFiles(bytes, lockBytes: null, Manifest.Parse(bytes, Path), LockFile.Parse(null, "collection.lock"));
        new EditGuard(files, Path).Check(Encoding.UTF8.GetBytes(after), [_first, _second], edited.ToHashSet());
    }
}
