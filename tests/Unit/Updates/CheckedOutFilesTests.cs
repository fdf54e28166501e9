using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Updates;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Updates;

/// <summary>All files that git tracks come, with their bytes and modes, whatever the attributes say, and again when they change.</summary>
public sealed class CheckedOutFilesTests
{
    private const string Attributes =
        "*.txt text eol=crlf\n*.keyword ident\n*.subst export-subst\n/skills/a/hidden/** export-ignore\n*.bin -text diff=none\n*.other filter=none working-tree-encoding=UTF-16\n.* export-ignore\n";

    [Theory]
    [InlineData("token")]
    [InlineData("anonymous")]
    [InlineData("folder")]
    public async Task They_are_those_of_git(string way)
    {
        await using var scene = await StartAsync(way == "token");
        var tree = Path.Combine(scene.Place, "clone");
        scene.Git.Commit("1", Files("1"));
        scene.Git.Git("clone", "--quiet", scene.Git.GitDirectory, tree);
        await scene.AddAsync(way == "folder" ? Path.Combine(tree, "skills", "a") : $"{Repo}/skills/a");
        AssertSame(scene, way == "folder" ? tree : null);
        scene.Git.Commit("2", [.. Files("2"), GitChange.Delete("skills/a/.hidden"), GitChange.Write("skills/a/new/.keep", "")]);
        scene.Git.Git("-C", tree, "fetch", "--quiet");
        scene.Git.Git("-C", tree, "reset", "--quiet", "--hard", "origin/HEAD");

        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync()).Status);

        AssertSame(scene, way == "folder" ? tree : null);
    }

    private static GitChange[] Files(string edition) =>
    [
        GitChange.Write(".gitattributes", Attributes),
        GitChange.Write("skills/a/.gitattributes", "* export-ignore\n"),
        GitChange.Write("skills/a/SKILL.md", Skill("a", edition)),
        GitChange.Write("skills/a/lines.txt", $"1\n2\r\n{edition}\n"),
        GitChange.Write("skills/a/a.keyword", $"$Id$ {edition}\n"),
        GitChange.Write("skills/a/a.subst", $"$Format:%H$ {edition}\n"),
        GitChange.Write("skills/a/a.bin", [0, 1, 13, 10, (byte)edition[0]]),
        GitChange.Write("skills/a/hidden/deep/x", edition),
        GitChange.Write("skills/a/.hidden", edition),
        GitChange.Write("skills/a/.github/workflows/ci.yml", edition),
        GitChange.Write("skills/a/.vscode/settings.json", edition),
        GitChange.Write("skills/a/.gitignore", $"*.log\n{edition}\n"),
        GitChange.Write("skills/a/kept.log", edition),
        GitChange.Write("skills/a/run.sh", $"#!/bin/sh\n{edition}\n", executable: edition == "2"),
        GitChange.Write("skills/a/empty", ""),
        GitChange.Write("skills/a/\u00FCml\u00E4ut & 'x' [y] #%20.md", edition),
        GitChange.Write("skills/a/build/dist/out.js", edition),
    ];

    private static void AssertSame(UpdateScene scene, string? tree)
    {
        var here = scene.At("skills/a");
        var tracked = scene.Git.Git("ls-tree", "-r", "-z", "HEAD:skills/a").Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))
            .ToDictionary(parts => parts[1], parts => parts[0].Split(' '));
        var files = Directory.EnumerateFiles(here, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 });
        Assert.Equal(tracked.Keys.Order(StringComparer.Ordinal), files.Select(file => Path.GetRelativePath(here, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
        foreach (var (path, entry) in tracked)
        {
            var file = Path.Combine(here, path);
            if (tree is not null) Assert.Equal(File.ReadAllBytes(Path.Combine(tree, "skills", "a", path)), File.ReadAllBytes(file));
            else Assert.Equal((path, entry[2]), (path, scene.Git.Git("hash-object", "--no-filters", "--", file).Trim()));
            if (!OperatingSystem.IsWindows()) Assert.Equal((path, entry[0] == "100755"), (path, File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute)));
        }
    }
}
