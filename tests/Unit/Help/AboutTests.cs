using SkillMeat.HelpBuilder;
using Xunit;

namespace SkillMeat.Tests.Help;

/// <summary>Topics: pages <c>about_Name.md</c>, and the text that Get-Help shows as it is.</summary>
public sealed class AboutTests : IDisposable
{
    private readonly PageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_sample_has_the_shape_of_PowerShells_own_topics()
    {
        var page = AboutPageReader.Read(_folder.Write(PageFolder.Topic, PageFolder.Sample(PageFolder.Topic)));
        Assert.Equal(("about_Widgets", "Explains what widgets are, and how they are kept up to date."), (page.Name, page.ShortDescription));
        Assert.Equal([("LONG DESCRIPTION", false), ("Kinds", true), ("SEE ALSO", false)], page.Sections.Select(s => (s.Title, s.IsSubsection)));
        Assert.Equal(
            """
            TOPIC
                about_Widgets

            SHORT DESCRIPTION
                Explains what widgets are, and how they are kept up to date.

            LONG DESCRIPTION
                A widget is a thing with a Name and a kind, kept in a store that a program
                writes and that a person may edit at any time; see the manual
                (https://example.org/manual).

              Kinds
                Three of them:

                Kind   What it does                                                    Since
                -----  --------------------------------------------------------------  -----
                Gear   Turns, and turns again until somebody stops it, which is a      1.0
                       long text that has to be broken into lines
                Lever  Lifts                                                           2.0

                    Get-Widget -Kind Gear |
                        Update-Widget

                - one that is long enough to be wrapped at the end of the line, so that we
                  see the hanging indentation here
                - two
                  - inner

            SEE ALSO
                - Get-Widget
                - Update-Widget

            """.ReplaceLineEndings("\n"),
            AboutTextWriter.Write(page));
    }

    [Fact]
    public void Lines_are_broken_at_80_characters()
    {
        var lines = _folder.WriteAbout($"{PlainTextTests.Words(100)}\n\n- {PlainTextTests.Words(50)}\n\n> {PlainTextTests.Words(50)}");
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
        Assert.Contains(lines, line => line.Length > 75);
        Assert.Equal(200, string.Join(' ', lines).Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(word => word.StartsWith("word", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_line_may_be_80_characters_long_and_no_longer()
    {
        Assert.Equal(["    " + new string('a', 37) + " " + new string('b', 38)], _folder.WriteAbout(new string('a', 37) + " " + new string('b', 38)));
        Assert.Equal(["    " + new string('a', 38), "    " + new string('b', 38)], _folder.WriteAbout(new string('a', 38) + " " + new string('b', 38)));
    }

    [Fact]
    public void Words_and_code_that_are_longer_than_a_line_stay_whole()
    {
        var address = "https://example.org/" + new string('x', 90);
        Assert.Equal(["    see", $"    {address}", "    now"], _folder.WriteAbout($"see {address} now"));
        Assert.Equal([$"        {new string('x', 90)} y"], _folder.WriteAbout($"```\n{new string('x', 90)} y\n```"));
    }

    [Fact]
    public void A_note_keeps_the_lists_and_the_code_in_it() =>
        Assert.Equal(
            ["    NOTE: Text.", "", "    - one", "      - inner", "", "        code"],
            _folder.WriteAbout("> [!NOTE]\n> Text.\n>\n> - one\n>   - inner\n>\n> ```\n> code\n> ```"));

    [Fact]
    public void Front_matter_is_passed_over_and_headings_may_be_in_any_case()
    {
        var page = AboutPageReader.Read(_folder.Write(PageFolder.Topic, "---\nschema: 2.0.0\n---\n# about_Widgets\n## Short description\nShort.\n## Long description\nLong.\n"));
        Assert.Equal("TOPIC\n    about_Widgets\n\nSHORT DESCRIPTION\n    Short.\n\nLONG DESCRIPTION\n    Long.\n", AboutTextWriter.Write(page));
    }

    [Fact]
    public void A_short_description_fills_the_line_that_Get_Help_shows_and_no_more()
    {
        var longest = new string('x', 76);
        Assert.Equal(longest, AboutPageReader.Read(_folder.Write(PageFolder.Topic, $"# about_Widgets\n## SHORT DESCRIPTION\n{longest}\n## LONG DESCRIPTION\nLong.\n")).ShortDescription);
        AssertProblem($"# about_Widgets\n## SHORT DESCRIPTION\n{longest}x\n## LONG DESCRIPTION\nLong.\n", 2, "the short description is 77 characters long; Get-Help shows one line of 76");
    }

    [Theory]
    [InlineData("", 1, "the title '# about_Widgets' is missing")]
    [InlineData("# about_Others\n## SHORT DESCRIPTION\na\n## LONG DESCRIPTION\nb", 1, "the title is 'about_Others', but the file is about_Widgets.md")]
    [InlineData("Hello.\n# about_Widgets\n## SHORT DESCRIPTION\na\n## LONG DESCRIPTION\nb", 1, "unexpected content above the title")]
    [InlineData("# about_Widgets\nHello.\n## SHORT DESCRIPTION\na\n## LONG DESCRIPTION\nb", 2, "unexpected content above the first section")]
    [InlineData("# about_Widgets\n## SHORT DESCRIPTION\na\n# LONG DESCRIPTION\nb", 4, "a second title, 'LONG DESCRIPTION'; sections begin with ##")]
    [InlineData("# about_Widgets\n\n## DESCRIPTION\na\n## LONG DESCRIPTION\nb", 3, "the first section is not '## SHORT DESCRIPTION'")]
    [InlineData("# about_Widgets\n## SHORT DESCRIPTION\na\n## EXAMPLES\nb", 4, "the second section is not '## LONG DESCRIPTION'")]
    [InlineData("# about_Widgets\n## SHORT DESCRIPTION\na", 1, "the second section is not '## LONG DESCRIPTION'")]
    [InlineData("# about_Widgets\n## SHORT DESCRIPTION\na\n\nb\n## LONG DESCRIPTION\nb", 2, "the section SHORT DESCRIPTION is not one paragraph")]
    [InlineData("# about_Widgets\n## SHORT DESCRIPTION\na\n## LONG DESCRIPTION\n", 4, "the section LONG DESCRIPTION is empty")]
    [InlineData("# about_Widgets\n## SHORT DESCRIPTION\na\n## LONG DESCRIPTION\n### Part\n## SEE ALSO\nc", 5, "the section Part is empty")]
    [InlineData("# about_Widgets\n## SHORT DESCRIPTION\na\n## LONG DESCRIPTION\nb\nwith <name>", 6, "'<name>' is HTML")]
    public void A_problem_is_named_with_its_line(string text, int line, string message) => AssertProblem(text, line, message);

    private void AssertProblem(string text, int line, string message)
    {
        var file = _folder.Write(PageFolder.Topic, text);
        var problems = Assert.Throws<HelpPageException>(() => AboutPageReader.Read(file)).Problems;
        Assert.Contains(problems, problem => problem.Line == line && problem.Text.Contains(message, StringComparison.Ordinal));
        Assert.All(problems, problem => Assert.Equal(file, problem.File));
    }
}
