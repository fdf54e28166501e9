using SkillMeat.HelpBuilder;
using Xunit;

namespace SkillMeat.Tests.Help;

/// <summary>The whole content of a page is in the model.</summary>
public sealed class HelpPageReaderTests : IDisposable
{
    private readonly PageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private HelpPage Sample => _folder.Read(PageFolder.Sample(PageFolder.Command));

    [Fact]
    public void Name_front_matter_and_synopsis()
    {
        var page = Sample;
        Assert.Equal(("Update-Widget", "Update", "Widget"), (page.Name, page.Verb, page.Noun));
        Assert.Equal(("Widgets.dll-Help.xml", "Widgets"), (page.ExternalHelpFile, page.ModuleName));
        Assert.Equal("https://example.org/widgets/blob/main/docs/help/Update-Widget.md", page.OnlineVersion!.OriginalString);
        Assert.Equal("Brings widgets up to date with what their makers published.", page.Synopsis);
        Assert.Equal(_folder.PathOf(PageFolder.Command), page.File);
    }

    [Fact]
    public void Syntax_of_each_parameter_set_in_the_order_of_the_page()
    {
        var page = Sample;
        Assert.Equal([("ByName", true), ("ByWidget", false)], page.Syntax.Select(s => (s.ParameterSet, s.IsDefault)));
        Assert.Equal(
            [
                new HelpSyntaxParameter("Name", "String[]", IsRequired: false, IsPositional: true),
                new HelpSyntaxParameter("Kind", "WidgetKind", IsRequired: false, IsPositional: false),
                new HelpSyntaxParameter("Path", "String", IsRequired: false, IsPositional: false),
                new HelpSyntaxParameter("Force", null, IsRequired: false, IsPositional: false),
                new HelpSyntaxParameter("TimeoutSeconds", "Int32", IsRequired: false, IsPositional: false),
                new HelpSyntaxParameter("WhatIf", null, IsRequired: false, IsPositional: false),
                new HelpSyntaxParameter("Confirm", null, IsRequired: false, IsPositional: false),
            ],
            page.Syntax[0].Parameters);
        Assert.Equal(new HelpSyntaxParameter("InputObject", "Widget", IsRequired: true, IsPositional: false), page.Syntax[1].Parameters[0]);
        Assert.Equal(LineOf("```\nUpdate-Widget [["), page.Syntax[0].Line);
    }

    [Fact]
    public void Syntax_of_the_only_parameter_set_needs_no_heading()
    {
        var page = _folder.Read(Pages.Smallest, Pages.SmallestName);
        var syntax = Assert.Single(page.Syntax);
        Assert.Equal((null, true), (syntax.ParameterSet, syntax.IsDefault));
        Assert.Equal([new HelpSyntaxParameter("Name", "String", IsRequired: true, IsPositional: true)], syntax.Parameters);
        Assert.Equal(0, page.Parameters[0].UseIn(null)?.Position);
    }

    [Fact]
    public void Examples_with_text_code_output_and_remarks()
    {
        var examples = Sample.Examples;
        Assert.Equal([1, 2, 3], examples.Select(e => e.Number));
        Assert.Equal(["Update every widget", "Several steps", "Nothing but code"], examples.Select(e => e.Title));
        Assert.Equal(["This updates everything in the store.", "Two paragraphs stand here."], examples[0].Introduction);
        Assert.Equal("Update-Widget", examples[0].Code);
        Assert.Equal("   Store: default\n\nName   Status\n----   ------\ngear1  Updated", examples[0].Output);
        Assert.Equal(["The second column tells what happened."], examples[0].Remarks);
        Assert.Equal("$new = Get-Widget |\n    Where-Object Kind -EQ 'Gear'\n$new | Update-Widget -Force", examples[1].Code);
        Assert.Null(examples[1].Output);
        Assert.Equal(["Then look at the result:\n\n    $new | Format-List\n\n    Name : gear1"], examples[1].Remarks);
        Assert.Equal("Update-Widget -Name gear*, <lever> -Confirm:$false", examples[2].Code);
        Assert.Empty(examples[2].Introduction);
        Assert.Empty(examples[2].Remarks);
        Assert.Equal(LineOf("### Example 2"), examples[1].Line);
    }

    [Fact]
    public void Parameters_with_everything_in_their_yaml_block()
    {
        var parameters = Sample.Parameters;
        Assert.Equal(["Confirm", "Force", "InputObject", "Kind", "Name", "Path", "TimeoutSeconds", "WhatIf"], parameters.Select(p => p.Name));

        var name = parameters[4];
        Assert.Equal(["The names, or patterns of names:", "- * is any text\n- ? is one character"], name.Description);
        Assert.Equal(("String[]", false, "All widgets", true), (name.Type, name.IsSwitch, name.DefaultValue, name.AcceptsWildcards));
        Assert.Equal(["WidgetName", "wn"], name.Aliases);
        Assert.Empty(name.AcceptedValues);
        Assert.Equal(LineOf("### -Name"), name.Line);
        var use = Assert.Single(name.Uses);
        Assert.Equal(["ByName"], use.ParameterSets);
        Assert.Equal((false, false, 0, true, true), (use.IsInAllSets, use.IsRequired, use.Position, use.FromPipeline, use.FromPipelineByPropertyName));

        var input = Assert.Single(parameters[2].Uses);
        Assert.Equal((true, null, true, false), (input.IsRequired, input.Position, input.FromPipeline, input.FromPipelineByPropertyName));
        Assert.Equal(["Gear", "Lever", "Spring"], parameters[3].AcceptedValues);
        Assert.Equal(("SwitchParameter", true), (parameters[7].Type, parameters[7].IsSwitch));
        Assert.Equal(["wi"], parameters[7].Aliases);
        Assert.True(Assert.Single(parameters[7].Uses).IsInAllSets);
        Assert.Empty(parameters[1].Aliases);
    }

    [Fact]
    public void A_parameter_may_be_different_in_each_parameter_set()
    {
        var path = Sample.Parameters[5];
        Assert.Equal(2, path.Uses.Count);
        Assert.False(path.UseIn("ByName")?.FromPipelineByPropertyName);
        Assert.True(path.UseIn("bywidget")?.FromPipelineByPropertyName);
        Assert.Null(path.UseIn("Other"));
        Assert.Null(path.UseIn(null));
    }

    [Fact]
    public void A_yaml_block_may_name_several_parameter_sets()
    {
        var page = _folder.Read(Pages.Replace(PageFolder.Sample(PageFolder.Command), "Type: Int32\nParameter Sets: (All)", "Type: Int32\nParameter Sets: ByWidget, ByName"));
        Assert.Equal(["ByWidget", "ByName"], Assert.Single(page.Parameters[6].Uses).ParameterSets);
    }

    [Fact]
    public void Inputs_outputs_notes_and_links()
    {
        var page = Sample;
        Assert.Equal(["Widget", "System.String"], page.Inputs.Select(t => t.Name));
        Assert.Equal(["You can pipe widgets to this cmdlet."], page.Inputs[0].Description);
        Assert.Empty(page.Inputs[1].Description);
        Assert.Equal("Widgets.UpdateResult", Assert.Single(page.Outputs).Name);
        Assert.Equal(["A store is locked while it is written.", "- No other program\n- No other machine"], page.Notes);
        Assert.Equal(
            [new HelpLink("Get-Widget", null), new HelpLink("The maker's manual", new Uri("https://example.org/manual")), new HelpLink("about_Widgets", null)],
            page.RelatedLinks);
    }

    [Fact]
    public void Links_may_be_a_list_or_bare_addresses_or_missing()
    {
        var text = Pages.Smallest;
        Assert.Empty(_folder.Read(text, Pages.SmallestName).RelatedLinks);
        Assert.Equal(
            [new HelpLink("Get-It", null), new HelpLink("Set-It", null), new HelpLink("", new Uri("https://example.org/x"))],
            _folder.Read(text + "\n- [`Get-It`](Get-It.md)\n- [Set-It](Set-It.md)\n\n<https://example.org/x>\n", Pages.SmallestName).RelatedLinks);
    }

    [Fact]
    public void Line_ends_of_Windows_and_a_byte_order_mark_change_nothing()
    {
        var page = Sample;
        var other = _folder.Read('\uFEFF' + PageFolder.Sample(PageFolder.Command).Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Equal(page.Description, other.Description);
        Assert.Equal(page.Examples.Select(e => (e.Code, e.Output, e.Line)), other.Examples.Select(e => (e.Code, e.Output, e.Line)));
        Assert.Equal(page.Parameters.Select(p => (p.Name, p.Type, p.DefaultValue, p.Line)), other.Parameters.Select(p => (p.Name, p.Type, p.DefaultValue, p.Line)));
    }

    private static int LineOf(string text) => Pages.LineOf(PageFolder.Sample(PageFolder.Command), text);
}
