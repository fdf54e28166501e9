using SkillMeat.HelpBuilder;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Help;

/// <summary>The program as a build runs it.</summary>
public sealed class HelpBuilderTests : IDisposable
{
    private readonly PageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_becomes_one_file_for_its_commands_and_one_for_each_topic()
    {
        _folder.WithSample();
        _folder.Write("Get-Widget", Pages.Smallest.Replace("Get-It", "Get-Widget", StringComparison.Ordinal).Replace("It.dll", "Widgets.dll", StringComparison.Ordinal));
        _folder.Write("README", "# Not a page\n");
        var (exitCode, output, error) = _folder.Build();
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(["passed over: README.md", _folder.Built("Widgets.dll-Help.xml"), _folder.Built("about_Widgets.help.txt")], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["Widgets.dll-Help.xml", "about_Widgets.help.txt"], Written());
        Assert.Contains("<command:name>Get-Widget</command:name>", File.ReadAllText(_folder.Built("Widgets.dll-Help.xml")), StringComparison.Ordinal);
        Assert.Contains("<command:name>Update-Widget</command:name>", File.ReadAllText(_folder.Built("Widgets.dll-Help.xml")), StringComparison.Ordinal);
        Assert.StartsWith("TOPIC\n    about_Widgets\n", File.ReadAllText(_folder.Built("about_Widgets.help.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_pages_give_the_same_bytes()
    {
        _folder.WithSample().Build();
        var first = File.ReadAllBytes(_folder.Built("Widgets.dll-Help.xml"));
        Assert.Equal(0, _folder.Build().ExitCode);
        Assert.Equal(first, File.ReadAllBytes(_folder.Built("Widgets.dll-Help.xml")));
        Assert.Equal((byte)'<', first[0]);
    }

    [Fact]
    public void One_bad_page_stops_everything_before_anything_is_written()
    {
        _folder.WithSample().Build();
        var before = FileTree.Describe(_folder.Output);
        var command = Pages.Replace(PageFolder.Sample(PageFolder.Command), "## NOTES\n", "## REMARKS\n");
        var topic = Pages.Replace(PageFolder.Sample(PageFolder.Topic), "# about_Widgets\n", "# about_Gears\n");
        _folder.Write(PageFolder.Command, command);
        _folder.Write(PageFolder.Topic, topic);
        var (exitCode, output, error) = _folder.Build();
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Equal(
            [
                $"{_folder.PathOf(PageFolder.Command)}:{Pages.LineOf(command, "# Update-Widget")}: the section NOTES is missing",
                $"{_folder.PathOf(PageFolder.Command)}:{Pages.LineOf(command, "## REMARKS")}: a help page has no section 'REMARKS' (its sections: SYNOPSIS, SYNTAX, DESCRIPTION, EXAMPLES, PARAMETERS, INPUTS, OUTPUTS, NOTES, RELATED LINKS)",
                $"{_folder.PathOf(PageFolder.Topic)}:1: the title is 'about_Gears', but the file is about_Widgets.md",
            ],
            error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(before, FileTree.Describe(_folder.Output));
    }

    [Fact]
    public void A_bad_page_alone_makes_no_folder()
    {
        _folder.Write(PageFolder.Command, "nothing");
        Assert.Equal(1, _folder.Build().ExitCode);
        Assert.False(Directory.Exists(_folder.Output));
    }

    [Fact]
    public void A_file_that_cannot_be_replaced_leaves_no_temporary_files()
    {
        _folder.WithSample();
        Directory.CreateDirectory(_folder.Built("Widgets.dll-Help.xml"));
        var (exitCode, _, error) = _folder.Build();
        Assert.Equal(1, exitCode);
        Assert.NotEqual("", error);
        Assert.Equal(["Widgets.dll-Help.xml"], Written());
    }

    [Fact]
    public void Pages_are_for_one_help_file()
    {
        _folder.WithSample();
        _folder.Write(Pages.SmallestName, Pages.Smallest);
        var (exitCode, _, error) = _folder.Build();
        Assert.Equal((1, $"{_folder.PathOf(PageFolder.Command)}:1: the external help file is 'Widgets.dll-Help.xml', not 'It.dll-Help.xml'\n"), (exitCode, error));
        Assert.False(Directory.Exists(_folder.Output));
    }

    [Fact]
    public void Pages_are_for_the_assembly_that_the_build_names()
    {
        _folder.WithSample();
        Assert.Equal(0, _folder.Build("--assembly", "Widgets").ExitCode);
        var (exitCode, _, error) = _folder.Build("--assembly", "Gadgets");
        Assert.Equal((1, $"{_folder.PathOf(PageFolder.Command)}:1: the external help file is 'Widgets.dll-Help.xml', not 'Gadgets.dll-Help.xml'\n"), (exitCode, error));
    }

    [Fact]
    public void Topics_alone_are_enough()
    {
        _folder.Write(PageFolder.Topic, PageFolder.Sample(PageFolder.Topic));
        Assert.Equal(0, _folder.Build("--assembly", "Widgets").ExitCode);
        Assert.Equal(["about_Widgets.help.txt"], Written());
    }

    [Fact]
    public void A_folder_without_pages_is_an_error()
    {
        _folder.Write("README", "# Not a page\n");
        var (exitCode, _, error) = _folder.Build();
        Assert.Equal((1, $"{_folder.Path}: no help pages found\n"), (exitCode, error));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error()
    {
        using var error = new StringWriter();
        Assert.Equal(1, HelpBuilderApp.Run([Path.Combine(_folder.Path, "none"), _folder.Output], TextWriter.Null, error));
        Assert.Contains("none", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("pages")]
    [InlineData("pages", "output", "--assembly")]
    [InlineData("pages", "output", "--other", "x")]
    [InlineData("pages", "output", "more")]
    public void Arguments_that_make_no_sense_are_refused(params string[] arguments)
    {
        using var error = new StringWriter();
        Assert.Equal(1, HelpBuilderApp.Run(arguments, TextWriter.Null, error));
        Assert.StartsWith("HelpBuilder PAGES OUTPUT", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Help_is_no_error()
    {
        using var output = new StringWriter();
        Assert.Equal(0, HelpBuilderApp.Run(["--help"], output, TextWriter.Null));
        Assert.StartsWith("HelpBuilder PAGES OUTPUT", output.ToString(), StringComparison.Ordinal);
    }

    private IEnumerable<string?> Written() => Directory.EnumerateFileSystemEntries(Path.Combine(_folder.Output, "en-US")).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
