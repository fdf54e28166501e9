using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage;
using SkillMeat.Tests.Storage;
using Xunit;

namespace SkillMeat.Tests.Objects;

public sealed class TreeWriterTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("l", "file", true)]
    [InlineData("l", "./folder/../file", true)]
    [InlineData("folder/l", "../file", true)]
    [InlineData("folder/inner/l", "../..", true)]
    [InlineData("l", ".", true)]
    [InlineData("l", "nowhere/at/all", true)]
    [InlineData("l", "..", false)]
    [InlineData("folder/l", "../..", false)]
    [InlineData("l", "folder/../..", false)]
    [InlineData("l", "/etc/passwd", false)]
    [InlineData("l", "\\server", false)]
    [InlineData("l", "C:x", false)]
    [InlineData("l", "", false)]
    [InlineData("l", "deep/..", false)]
    [InlineData("l", "DEEP/../x", false)]
    public void A_link_is_written_only_if_it_stays_inside(string path, string target, bool isWritten)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var home = new ObjectHome();
        var parts = path.Split('/');
        var tree = Build(home, writer =>
        {
            var link = new TreeEntry(parts[^1], TreeEntryKind.Link, writer.AddBlob(System.Text.Encoding.UTF8.GetBytes(target)), target.Length);
            var deep = new TreeEntry("deep", TreeEntryKind.Link, writer.AddBlob("folder/inner"u8), 12);
            var inner = writer.AddTree(parts.Length == 3 ? [link] : []);
            var folder = writer.AddTree([new TreeEntry("inner", TreeEntryKind.Folder, inner, 0), .. parts.Length == 2 ? [link] : Array.Empty<TreeEntry>()]);
            return [new TreeEntry("file", TreeEntryKind.File, writer.AddBlob("x"u8), 1), deep, new TreeEntry("folder", TreeEntryKind.Folder, folder, 0), .. parts.Length == 1 ? [link] : Array.Empty<TreeEntry>()];
        });
        var place = home.At("new");
        var error = Record.Exception(() => new TreeWriter(home.Open()).Write(tree, place, Cancellation));
        if (isWritten)
        {
            Assert.Null(error);
            Assert.Equal(target, new FileInfo(Path.Combine(place, path)).LinkTarget);
            return;
        }

        var refused = Assert.IsType<StorageException>(error);
        Assert.Equal(ErrorIds.StorageFailed, refused.ErrorId);
        Assert.Contains(Path.Combine(place, path), refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(place));
    }

    [Theory]
    [InlineData("CON", true, true)]
    [InlineData("con.txt", true, true)]
    [InlineData("LPT1 .a", true, true)]
    [InlineData("COM0", true, false)]
    [InlineData("a:b", true, true)]
    [InlineData("a\\b", true, true)]
    [InlineData("a.", true, true)]
    [InlineData("a ", true, true)]
    [InlineData("a\nb", true, true)]
    [InlineData("console", true, false)]
    [InlineData("a:b", false, false)]
    [InlineData("CON", false, false)]
    public void Names_that_a_system_does_not_take_are_refused(string name, bool isWindows, bool isRefused)
    {
        var error = Record.Exception(() => new NameRules(isWindows, isWindows).Check("folder", [name]));
        Assert.Equal(isRefused, error is StorageException);
        if (error is not null) Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\0")]
    public void A_text_that_is_no_name_is_refused_everywhere(string name) => Assert.Throws<StorageException>(() => new NameRules(false, false).Check("folder", [name]));

    [Fact]
    public void Names_that_differ_in_case_only_are_refused_where_they_are_one()
    {
        using var home = new ObjectHome();
        var tree = Build(home, writer => [new TreeEntry("Read.md", TreeEntryKind.File, writer.AddBlob("1"u8), 1), new TreeEntry("read.MD", TreeEntryKind.File, writer.AddBlob("2"u8), 1)]);
        Assert.Throws<StorageException>(() => new TreeWriter(home.Open(), rules: new NameRules(false, true)).Write(tree, home.At("new"), Cancellation));
        Assert.False(Directory.Exists(home.At("new")));
        if (NameRules.Current.IgnoresCase) return;
        new TreeWriter(home.Open()).Write(tree, home.At("new"), Cancellation);
        Assert.Equal(2, Directory.GetFiles(home.At("new")).Length);
    }

    [Fact]
    public void A_file_that_is_there_already_stays_as_it_is()
    {
        using var home = new ObjectHome();
        var tree = home.Store(ModelFolder.Random(new Random(1)));
        Directory.CreateDirectory(home.At("new"));
        File.WriteAllText(home.At("file"), "mine");
        foreach (var place in new[] { home.At("new"), home.At("file") })
        {
            Assert.Contains("already exists", Assert.Throws<StorageException>(() => new TreeWriter(home.Open()).Write(tree, place, Cancellation)).Message, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFileSystemEntries(home.At("new")));
        Assert.Equal("mine", File.ReadAllText(home.At("file")));
    }

    [Fact]
    public void A_refusal_at_any_step_leaves_no_folder()
    {
        using var home = new ObjectHome();
        var tree = home.Store(ModelFolder.Random(new Random(4), largest: 3000));
        var steps = new Faults();
        new TreeWriter(new ObjectStore(home.Path, Random.Shared, steps)).Write(tree, home.At("healthy"), Cancellation);
        if (OperatingSystem.IsLinux()) Assert.Single(steps.Steps, step => step.Step == StorageStep.FlushVolume);
        for (var step = 1; step <= steps.Steps.Count; step++)
        {
            var failing = step;
            var store = new ObjectStore(home.Path, Random.Shared, new Faults((number, _, _) =>
            {
                if (number == failing) throw Faults.DiskFull;
            }));
            var error = Assert.Throws<StorageException>(() => new TreeWriter(store).Write(tree, home.At("new"), Cancellation));
            Assert.Contains("the disk is full", error.Message, StringComparison.Ordinal);
            Assert.False(Directory.Exists(home.At("new")));
        }

        output.WriteLine($"{steps.Steps.Count} refused steps");
    }

    [Fact]
    public void A_missing_object_leaves_no_folder()
    {
        using var home = new ObjectHome();
        Assert.True(ObjectId.TryParse(ModelFolder.NaiveId(1, "x"u8), out var missing));
        var tree = Build(home, writer => [new TreeEntry("a", TreeEntryKind.File, writer.AddBlob("a"u8), 1), new TreeEntry("b", TreeEntryKind.File, missing, 1)]);
        Assert.Equal(ErrorIds.ObjectMissing, Assert.Throws<StorageException>(() => new TreeWriter(home.Open()).Write(tree, home.At("new"), Cancellation)).ErrorId);
        Assert.False(Directory.Exists(home.At("new")));
    }

    private static ObjectId Build(ObjectHome home, Func<ObjectWriter, IReadOnlyCollection<TreeEntry>> entries)
    {
        using var writer = home.Open().BeginWrite();
        var tree = writer.AddTree(entries(writer));
        writer.Commit();
        return tree;
    }
}
