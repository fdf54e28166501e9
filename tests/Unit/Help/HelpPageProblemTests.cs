using SkillMeat.HelpBuilder;
using Xunit;

namespace SkillMeat.Tests.Help;

/// <summary>A page that Get-Help could not show correctly is rejected, with the line.</summary>
public sealed class HelpPageProblemTests : IDisposable
{
    private readonly PageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The text to replace in the sample, its replacement, a text on the line of the problem, and the message.
    public static TheoryData<string, string, string, string> Problems => new()
    {
        { "Module Name: Widgets\n", "", "---", "'Module Name' is missing" },
        { "external help file: Widgets.dll-Help.xml\n", "", "---", "'external help file' is missing" },
        { "Widgets.dll-Help.xml", "../Widgets.dll-Help.xml", "external", "is not a file name that ends in -Help.xml" },
        { "Widgets.dll-Help.xml", "Widgets.xml", "external", "is not a file name that ends in -Help.xml" },
        { "online version: https://example.org/widgets/blob/main/docs/help/Update-Widget.md\n", "", "---", "'online version' is missing" },
        { "https://example.org/widgets/blob/main/docs/help/", "docs/", "online", "'docs/Update-Widget.md' is not an address on the web" },
        { "schema: 2.0.0", "schema: 1.0.0", "schema", "the schema is '1.0.0', not 2.0.0" },
        { "schema: 2.0.0", "schema: 2.0.0\nschema: 2.0.0", "schema: 2.0.0\n---", "'schema' appears twice" },
        { "schema: 2.0.0", "schema: [2.0.0", "---\n\n#", "this is not valid YAML" },
        { "# Update-Widget\n", "", "---", "the title '# Update-Widget' is missing" },
        { "# Update-Widget\n", "# Update-Widgets\n", "# Update-Widgets", "the title is 'Update-Widgets', but the file is Update-Widget.md" },
        { "## NOTES", "# More\n## NOTES", "# More", "a second title, 'More'" },
        { "# Update-Widget\n", "Hello.\n\n# Update-Widget\n", "Hello.", "unexpected content above the title" },
        { "## SYNOPSIS", "Hello.\n\n## SYNOPSIS", "Hello.", "unexpected content above the first section" },
        { "## SYNOPSIS\nBrings widgets up to date with what their makers published.\n", "", "# Update-Widget", "the section SYNOPSIS is missing" },
        { "## NOTES\n", "", "# Update-Widget", "the section NOTES is missing" },
        { "## RELATED LINKS\n", "", "# Update-Widget", "the section RELATED LINKS is missing" },
        { "## NOTES\n", "## REMARKS\n", "## REMARKS", "a help page has no section 'REMARKS'" },
        { "## NOTES\n", "## Notes\n", "## Notes", "a help page has no section 'Notes'" },
        { "## NOTES\n", "## NOTES\n## NOTES\n", "## NOTES\nA store", "the section NOTES appears twice" },
        { "## INPUTS", "## NOTES\nx\n\n## INPUTS", "## INPUTS", "the section INPUTS is below NOTES" },
        { "Brings widgets up to date with what their makers published.", "", "## SYNOPSIS", "the section SYNOPSIS is empty" },
        { "their makers published.", "their makers published.\n\nAnd more.", "And more.", "the synopsis is more than one paragraph" },
        { "-Name] <String[]>]", "-Name] <String[]]", "```\nUpdate-Widget", "the syntax cannot be read from '[[-Name] <String[]]" },
        { " [-Confirm] [<CommonParameters>]", " [-Confirm]", "```\nUpdate-Widget", "the syntax does not end with [<CommonParameters>]" },
        { "Update-Widget [[", "Set-Widget [[", "```\nSet-Widget", "the syntax does not begin with Update-Widget" },
        { "### ByWidget\n", "### ByWidget\nHello.\n\n", "Hello.", "one code fence and nothing else" },
        { "### ByName", "Hello.\n\n### ByName", "Hello.", "unexpected content above the first parameter set" },
        { "### ByWidget", "### ByWidget (Default)", "### ByWidget", "a second parameter set is the default" },
        { "### ByWidget\n", "### ByName\n", "### ByName\n", "the parameter set 'ByName' appears twice" },
        { "[-Kind <WidgetKind>] ", "", "```\nUpdate-Widget", "the syntax does not show -Kind" },
        { "[-Kind <WidgetKind>] ", "[-Kind <WidgetKind>] [-Size <Int32>] ", "```\nUpdate-Widget", "-Size is not among the PARAMETERS" },
        { "-InputObject <Widget> ", "-InputObject <Widget> [-Kind <WidgetKind>] ", "```\nUpdate-Widget -InputObject", "-Kind is not in this parameter set" },
        { "-InputObject <Widget> ", "[-InputObject <Widget>] ", "```\nUpdate-Widget [-InputObject", "-InputObject is optional here, but not according to line" },
        { "-InputObject <Widget> ", "[-InputObject] <Widget> ", "```\nUpdate-Widget [-InputObject", "-InputObject is positional here, but not according to line" },
        { "[-Force]", "[-Force <Boolean>]", "```\nUpdate-Widget", "-Force is not a switch here, but not according to line" },
        { "Parameter Sets: ByWidget\nAliases:\n\nRequired: True", "Parameter Sets: ByThing\nAliases:\n\nRequired: True", "### -InputObject", "the parameter set 'ByThing', which SYNTAX does not show" },
        { "### Example 1", "Hello.\n\n### Example 1", "Hello.", "unexpected content above the first example" },
        { "### Example 2: Several", "### Example 4: Several", "### Example 4", "not 'Example 2: …'" },
        { "### Example 2: Several steps", "### Several steps", "### Several steps", "not 'Example 2: …'" },
        { "```powershell\nUpdate-Widget -Name gear*, <lever> -Confirm:$false\n```", "Nothing.", "### Example 3", "the example has no code" },
        { "```powershell\nUpdate-Widget -Name gear*", "```output\nUpdate-Widget -Name gear*", "```output\nUpdate-Widget -Name gear*", "the example has no code" },
        { "```powershell\nUpdate-Widget -Name gear*", "```\nUpdate-Widget -Name gear*", "```\nUpdate-Widget -Name gear*", "needs a fence that says 'powershell' or 'output'" },
        { "```powershell\nUpdate-Widget -Name gear*", "```powershell\nPS C:\\> Update-Widget -Name gear*", "```powershell\nPS C:", "begins with a prompt" },
        { "```text\nName : gear1\n```", "```text\n\n```", "```text", "the code fence is empty" },
        { "### -Confirm", "Hello.\n\n### -Confirm", "Hello.", "unexpected content above the first parameter" },
        { "### -Force", "### Force", "### Force", "'Force' is not a parameter" },
        { "### -Force", "### -CONFIRM", "### -CONFIRM", "the parameter -CONFIRM appears twice" },
        { "Writes also what somebody edited.\n", "", "### -Force", "the parameter -Force has no description" },
        { "```yaml\nType: Int32", "```\nType: Int32", "### -TimeoutSeconds", "the parameter -TimeoutSeconds has no yaml block" },
        { "### -WhatIf", "Hello.\n\n### -WhatIf", "Hello.", "unexpected content below the yaml block of -TimeoutSeconds" },
        { "Type: Int32\n", "", "```yaml\nParameter Sets: (All)\nAliases:\n\nRequired: False\nPosition: Named\nDefault value: 100", "'Type' is missing" },
        { "Aliases: cf\n", "", "```yaml", "'Aliases' is missing" },
        { "Default value: 100", "Default value:", "Default value:\n", "'Default value' is empty" },
        { "Required: True", "Required: Yes", "Required: Yes", "'Required' is 'Yes', not True or False" },
        { "Position: 0", "Position: First", "Position: First", "'Position' is 'First', not Named or a number" },
        { "Position: 0", "Position: -1", "Position: -1", "'Position' is '-1', not Named or a number" },
        { "True (ByPropertyName, ByValue)", "True", "Accept pipeline input: True\n", "'Accept pipeline input' is 'True', not False, True (ByValue)" },
        { "Accept wildcard characters: True", "Accept wildcard characters: Some", "Accept wildcard characters: Some", "'Some', not True or False" },
        { "Aliases: cf", "Aliases: cf\nDynamic: False", "Dynamic", "there is no 'Dynamic' in a parameter's yaml block" },
        { "Aliases: cf", "Aliases: cf: x", "Aliases: cf: x", "this is not valid YAML" },
        { "Type: String\nParameter Sets: ByWidget", "Type: String[]\nParameter Sets: ByWidget", "Type: String[]\nParameter Sets: ByWidget", "'Type' of -Path differs from line" },
        { "Type: String\nParameter Sets: ByWidget", "Type: String\nParameter Sets: ByWidget, ByName", "Parameter Sets: ByWidget, ByName", "the parameter set 'ByName' is named twice" },
        { "Type: String\nParameter Sets: ByWidget", "Type: String\nParameter Sets: (All)", "Parameter Sets: (All)\nAliases:\n\nRequired: False\nPosition: Named\nDefault value: ~/.widgets", "(All), and another yaml block" },
        { "Type: Int32\nParameter Sets: (All)", "Type: Int32\nParameter Sets: (All), ByName", "Parameter Sets: (All), ByName", "(All) is listed with other parameter sets" },
        { "### CommonParameters\n", "### Common\n", "## PARAMETERS", "'### CommonParameters' is missing" },
        { "### -WhatIf", "### CommonParameters\nText.\n\n### -WhatIf", "### CommonParameters\nText.", "'### CommonParameters' is not the last of the parameters" },
        { "### Widget\nYou", "You", "You can pipe", "unexpected content above the first '### Type' of INPUTS" },
        { "### Widgets.UpdateResult\nOne for each widget.\n", "", "## OUTPUTS", "the section OUTPUTS names no type" },
        { "[Get-Widget](Get-Widget.md)", "See [Get-Widget](Get-Widget.md)", "See [Get-Widget]", "RELATED LINKS contains more than links" },
        { "A *dry* run", "A <dry> run", "new fields", "'<dry>' is HTML" },
        { "| `Unchanged` | Nothing", "| <none> | Nothing", "| <none>", "'<none>' is HTML" },
        { "### -Force", "### -Force <none>", "### -Force <none>", "'<none>' is HTML" },
        { "- No other machine", "- No <other> machine", "- No <other>", "'<other>' is HTML" },
        { "A store is locked", "<div>\nA store is locked", "<div>", "HTML cannot be shown as text" },
    };

    [Theory, MemberData(nameof(Problems))]
    public void A_problem_is_named_with_its_line(string old, string with, string place, string message)
    {
        var text = Pages.Replace(PageFolder.Sample(PageFolder.Command), old, with);
        var problems = Assert.Throws<HelpPageException>(() => _folder.Read(text)).Problems;
        Assert.All(problems, problem => Assert.Equal(_folder.PathOf(PageFolder.Command), problem.File));
        var found = problems.Where(problem => problem.Text.Contains(message, StringComparison.Ordinal)).ToList();
        Assert.True(found.Count > 0, string.Join('\n', problems));
        Assert.Contains(Pages.LineOf(text, place), found.Select(problem => problem.Line));
    }

    [Fact]
    public void Everything_that_is_wrong_is_named_at_once_in_the_order_of_lines()
    {
        var text = Pages.Smallest.Replace("Its name.\n", "", StringComparison.Ordinal).Replace("schema: 2.0.0\n", "", StringComparison.Ordinal).Replace("Position: 0", "Position: x", StringComparison.Ordinal);
        var error = Assert.Throws<HelpPageException>(() => _folder.Read(text, Pages.SmallestName));
        var file = _folder.PathOf(Pages.SmallestName);
        Assert.Equal(
            [
                $"{file}:1: 'schema' is missing",
                $"{file}:21: the parameter -Name has no description",
                $"{file}:28: 'Position' is 'x', not Named or a number",
            ],
            error.Problems.Select(problem => problem.ToString()));
        Assert.Equal(string.Join(Environment.NewLine, error.Problems), error.Message);
    }

    [Theory]
    [InlineData("schema: 2.0.0", "schema: [2.0.0", 6)]
    [InlineData("Aliases:\n", "Aliases: a: b\n", 27)]
    public void A_broken_yaml_block_is_one_problem(string old, string with, int line)
    {
        var problem = Assert.Single(Assert.Throws<HelpPageException>(() => _folder.Read(Pages.Replace(Pages.Smallest, old, with), Pages.SmallestName)).Problems);
        Assert.Equal(line, problem.Line);
        Assert.StartsWith("this is not valid YAML: ", problem.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(problem.ToString(), char.IsControl);
    }

    [Fact]
    public void An_empty_file_lacks_front_matter_and_title()
    {
        var problems = Assert.Throws<HelpPageException>(() => _folder.Read("")).Problems;
        Assert.Equal([(1, "the front matter is missing"), (1, "the title '# Update-Widget' is missing")], problems.Select(p => (p.Line, p.Text)));
    }

    [Fact]
    public void A_file_that_is_not_UTF8_is_named_with_the_line()
    {
        var file = _folder.Write(PageFolder.Command, [.. "---\nModule Name: W\u00e4"u8, 0xE4, .. "\n"u8]);
        var problem = Assert.Single(Assert.Throws<HelpPageException>(() => HelpPageReader.Read(file)).Problems);
        Assert.Equal((2, "this is not UTF-8"), (problem.Line, problem.Text));
    }

    [Theory]
    [InlineData("Widget")]
    [InlineData("update-widget")]
    [InlineData("Update-Widget-All")]
    public void A_page_is_named_like_a_command(string name)
    {
        var problems = Assert.Throws<HelpPageException>(() => _folder.Read(Pages.Smallest, name)).Problems;
        Assert.Contains(problems, problem => problem.Text == $"'{name}' is not the name of a command (Verb-Noun)");
    }
}
