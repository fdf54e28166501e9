using System.Diagnostics;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Storage;
using SkillMeat.Tests.Storage;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Contents;
using Xunit;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>Content from a folder of this machine.</summary>
public sealed class FolderContentTests
{
    [Fact]
    public async Task Files_arrive_as_they_are()
    {
        await using var scene = await ContentScene.StartAsync();
        Write(scene, "skills/ü/SKILL.md", "# ü");
        Write(scene, "skills/ü/empty", "");
        Write(scene, "skills/ü/src/node_modules/x", "x");
        Write(scene, "skills/ü/.venv/x", "x");
        Write(scene, "commands/x.md", "command");
        Directory.CreateDirectory(Path.Combine(scene.Folder, "skills/ü/nothing/in/it"));

        var fetched = await scene.FetchAsync(scene.InFolder, "whatever", "skills/ü", "commands/x.md", "", "none", "skills/ü/.venv", "commands/x.md/y", "skills/ü/nothing");

        Assert.Equal(["ü/SKILL.md File # ü", "ü/empty File "], scene.Read(fetched[0]));
        Assert.Equal(["x.md File command"], scene.Read(fetched[1]));
        Assert.Equal(["Left out, because tools make it: .venv, src/node_modules."], fetched[0].Warnings.Order(StringComparer.Ordinal));
        Assert.Equal(["root/commands/x.md File command", "root/skills/ü/SKILL.md File # ü", "root/skills/ü/empty File "], scene.Read(fetched[2]));
        Assert.Equal([".venv/x File x"], scene.Read(fetched[4]));
        Assert.All(new[] { fetched[3], fetched[5], fetched[6] }, path => Assert.Equal((null, null), (path.Entry, path.Error)));
    }

    [Fact]
    public async Task Links_are_followed_within_the_repository_and_never_out_of_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "making links needs rights there");
        await using var scene = await ContentScene.StartAsync();
        Write(scene, "skills/a/SKILL.md", "a");
        Write(scene, "../secret/SKILL.md", "secret");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(scene.Folder, "skills/a/SKILL.md"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Link(scene, "skills/a/link", "SKILL.md");
        Link(scene, "skills/b/out", "../../../secret");
        Link(scene, "skills/c", "../../secret");
        Write(scene, "skills/b/SKILL.md", "b");
        Write(scene, "skills/d/SKILL.md", "d");
        Link(scene, "skills/d/absolute", Path.Combine(scene.Folder, "skills/a"));
        Link(scene, "skills/d/all", "../a");
        Link(scene, "skills/d/through", "all/link");
        Link(scene, "skills/d/self", "../../skills");
        Link(scene, "skills/d/nowhere", "none");
        Link(scene, "skills/e", "d/all");

        var fetched = await scene.FetchAsync(scene.InFolder, "", "skills/a", "skills/b", "skills/c", "skills/c/SKILL.md", "skills/d", "skills/e");

        Assert.Equal(["a/SKILL.md Executable a", "a/link Executable a"], scene.Read(fetched[0]));
        Assert.Equal(["b/SKILL.md File b"], scene.Read(fetched[1]));
        Assert.Equal(["'skills/b/out' is a link to '../../../secret', which is outside of the repository, and was left out."], fetched[1].Warnings);
        Assert.Contains("'skills/c' is a link to '../../secret', which is outside of the repository", fetched[2].Error!.Message, StringComparison.Ordinal);
        Assert.Equal(["d/SKILL.md File d", "d/all/SKILL.md Executable a", "d/all/link Executable a", "d/through Executable a"], scene.Read(fetched[4]));
        Assert.Equal(["skills/d/absolute", "skills/d/nowhere", "skills/d/self"], fetched[4].Warnings.Select(warning => warning.Split('\'')[1]).Order(StringComparer.Ordinal));
        Assert.Equal(["e/SKILL.md Executable a", "e/link Executable a"], scene.Read(fetched[5]));
        Assert.Contains("is reached through the link 'skills/c'", fetched[3].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_is_refused_and_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such pipes");
        await using var scene = await ContentScene.StartAsync();
        Write(scene, "skills/a/SKILL.md", "a");
        Write(scene, "skills/b/SKILL.md", "b");
        using (var making = Process.Start("mkfifo", Path.Combine(scene.Folder, "skills/b/pipe"))) await making.WaitForExitAsync(TestContext.Current.CancellationToken);

        var fetched = await scene.FetchAsync(scene.InFolder, "", "skills/a", "skills/b", "skills/b/pipe");

        Assert.Equal(["a/SKILL.md File a"], scene.Read(fetched[0]));
        Assert.All(fetched.Skip(1), path => Assert.Equal(ErrorIds.UpstreamUnavailable, path.Error!.ErrorId));
        Assert.Contains("a device, a pipe or a socket", fetched[1].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_moved_between_folders_meanwhile_is_not_missed()
    {
        await using var scene = await ContentScene.StartAsync();
        var large = new byte[3_000_000];
        new Random(1).NextBytes(large);
        foreach (var folder in new[] { "a", "b" })
        {
            Write(scene, $"skills/x/{folder}/own-{folder}", folder);
            File.WriteAllBytes(Path.Combine(scene.Folder, $"skills/x/{folder}/large"), large);
        }

        var isMoved = false;
        var faults = new Faults((_, step, _) =>
        {
            // The first folder has been listed, and its large file is being stored.
            if (isMoved || step != StorageStep.WriteFile) return;
            isMoved = true;
            // The clock of the file system ticks every few milliseconds.
            Thread.Sleep(30);
            File.Move(Path.Combine(scene.Folder, "skills/x/a/own-a"), Path.Combine(scene.Folder, "skills/x/b/own-a"));
            File.Move(Path.Combine(scene.Folder, "skills/x/b/own-b"), Path.Combine(scene.Folder, "skills/x/a/own-b"));
        });

        using var objects = new ObjectStore(scene.Store.Home, Random.Shared, faults).BeginBatch();
        var answers = await FolderContents.FetchAsync([new ContentQuestion(scene.InFolder, "", ["skills/x"])], objects, TestContext.Current.CancellationToken);
        objects.Commit();

        Assert.True(isMoved);
        var names = scene.Read(Assert.Single(Assert.Single(answers).Paths)).Select(line => line.Split(' ')[0]);
        Assert.Equal(["x/a/large", "x/a/own-b", "x/b/large", "x/b/own-a"], names);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_said_so()
    {
        await using var scene = await ContentScene.StartAsync();

        var answer = Assert.Single(await scene.FetchAsync([new ContentQuestion(scene.InFolder, "", ["a"])]));

        Assert.Equal(ErrorIds.UpstreamNotFound, answer.Error!.ErrorId);
    }

    [Fact]
    public async Task Many_folders_are_stored_in_one_pack_and_fail_one_by_one()
    {
        await using var scene = await ContentScene.StartAsync();
        var folders = Enumerable.Range(0, 120).Select(i => $"p{i}").ToList();
        foreach (var folder in folders.Where(folder => folder != "p7")) Write(scene, $"{folder}/skills/a/SKILL.md", $"skill of {folder}");
        if (!OperatingSystem.IsWindows()) Link(scene, "p9/skills/a/out", "../../../../secret");

        var answers = await scene.FetchAsync(folders.ConvertAll(folder => new ContentQuestion(RepositoryAddress.InFolder(Path.Combine(scene.Folder, folder)), "", ["skills/a"])));

        Assert.Single(scene.StoredFiles);
        Assert.Equal(folders.Count, answers.Count);
        foreach (var (folder, answer) in folders.Zip(answers))
        {
            if (folder == "p7") Assert.Equal(ErrorIds.UpstreamNotFound, answer.Error!.ErrorId);
            else if (folder == "p9" && !OperatingSystem.IsWindows()) Assert.Contains("'skills/a/out' is a link", Assert.Single(Assert.Single(answer.Paths).Warnings), StringComparison.Ordinal);
            else Assert.Equal([$"a/SKILL.md File skill of {folder}"], scene.Read(Assert.Single(answer.Paths)));
        }
    }

    [Fact]
    public async Task A_path_that_no_folder_can_have_is_refused_even_where_there_is_no_folder()
    {
        await using var scene = await ContentScene.StartAsync();

        var answer = Assert.Single(await scene.FetchAsync([new ContentQuestion(scene.InFolder, "", ["../a"])]));

        Assert.Null(answer.Error);
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Single(answer.Paths).Error!.ErrorId);
    }

    private static void Write(ContentScene scene, string path, string text)
    {
        var file = Path.Combine(scene.Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private static void Link(ContentScene scene, string path, string target)
    {
        var link = Path.Combine(scene.Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, target);
    }
}
