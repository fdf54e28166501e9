using System.Xml.Linq;
using SkillMeat.HelpBuilder;
using Xunit;

namespace SkillMeat.Tests.Help;

/// <summary>MAML as PowerShell reads it: the names of its elements and attributes are its contract.</summary>
public sealed class MamlTests : IDisposable
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private readonly PageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_holds_each_command()
    {
        var document = Build(_folder.Read(PageFolder.Sample(PageFolder.Command)), _folder.Read(Pages.Smallest, Pages.SmallestName));
        Assert.Equal(XName.Get("helpItems", "http://msh"), document.Root!.Name);
        Assert.Equal("maml", document.Root.Attribute("schema")?.Value);
        Assert.Equal(
            ["Update-Widget Update Widget", "Get-It Get It"],
            document.Root.Elements(Command + "command").Elements(Command + "details").Select(d => $"{d.Element(Command + "name")?.Value} {d.Element(Command + "verb")?.Value} {d.Element(Command + "noun")?.Value}"));
    }

    [Fact]
    public void Synopsis_description_and_notes()
    {
        var command = Sample();
        Assert.Equal(["Brings widgets up to date with what their makers published."], Paras(command.Element(Command + "details")!.Element(Maml + "description")));
        var description = Paras(command.Element(Maml + "description"));
        Assert.Equal(6, description.Count);
        Assert.Equal("The Update-Widget cmdlet asks upstream what changed, once for each maker, and writes the new fields. A dry run is -WhatIf.", description[0]);
        Assert.Contains("\n  1. first\n", description[2], StringComparison.Ordinal);
        Assert.Equal("To see what would happen:\n\n    Update-Widget -WhatIf |\n        Format-Table", description[3]);
        Assert.Equal(["A store is locked while it is written.", "- No other program\n- No other machine"], Paras(command.Element(Maml + "alertSet")!.Element(Maml + "alert")));
        Assert.Null(Only(Pages.Smallest, Pages.SmallestName).Element(Maml + "alertSet"));
    }

    [Fact]
    public void Syntax_has_an_item_for_each_parameter_set()
    {
        var items = Sample().Element(Command + "syntax")!.Elements(Command + "syntaxItem").ToList();
        Assert.Equal(["Update-Widget", "Update-Widget"], items.Select(i => i.Element(Maml + "name")?.Value));
        Assert.Equal(["Name", "Kind", "Path", "Force", "TimeoutSeconds", "WhatIf", "Confirm"], items[0].Elements(Command + "parameter").Select(Name));
        Assert.Equal(["InputObject", "Path", "Force", "TimeoutSeconds", "WhatIf", "Confirm"], items[1].Elements(Command + "parameter").Select(Name));

        var kind = items[0].Elements(Command + "parameter").Single(p => Name(p) == "Kind");
        Assert.Equal(["Gear", "Lever", "Spring"], kind.Element(Command + "parameterValueGroup")!.Elements(Command + "parameterValue").Select(v => v.Value));
        Assert.Equal("WidgetKind", kind.Element(Command + "parameterValue")?.Value);

        // Get-Help writes <SwitchParameter> behind a switch that has a value here.
        var force = items[0].Elements(Command + "parameter").Single(p => Name(p) == "Force");
        Assert.Null(force.Element(Command + "parameterValue"));
        Assert.Equal(["False", "True (ByPropertyName)"], items.Select(i => i.Elements(Command + "parameter").Single(p => Name(p) == "Path").Attribute("pipelineInput")?.Value));
    }

    [Theory]
    [InlineData("Name", "false", "0", "True (ByPropertyName, ByValue)", "true", "WidgetName, wn", "All widgets", "String[]", "true")]
    [InlineData("InputObject", "true", "named", "True (ByValue)", "false", "none", "None", "Widget", "true")]
    [InlineData("Path", "false", "named", "True (ByPropertyName)", "false", "none", "~/.widgets", "String", "true")]
    [InlineData("TimeoutSeconds", "false", "named", "False", "false", "none", "100", "Int32", "true")]
    [InlineData("Force", "false", "named", "False", "false", "none", "False", "SwitchParameter", "false")]
    [InlineData("WhatIf", "false", "named", "False", "false", "wi", "None", "SwitchParameter", "false")]
    public void A_parameter_says_what_it_is(
        string name, string required, string position, string pipeline, string globbing, string aliases, string defaultValue, string type, string needsValue)
    {
        var parameter = Sample().Element(Command + "parameters")!.Elements(Command + "parameter").Single(p => Name(p) == name);
        Assert.Equal(
            [required, position, pipeline, globbing, aliases],
            new[] { "required", "position", "pipelineInput", "globbing", "aliases" }.Select(attribute => parameter.Attribute(attribute)?.Value));
        Assert.Equal(defaultValue, parameter.Element(Dev + "defaultValue")?.Value);
        Assert.Equal(type, parameter.Element(Dev + "type")?.Element(Maml + "name")?.Value);
        Assert.Equal((type, needsValue), (parameter.Element(Command + "parameterValue")?.Value, parameter.Element(Command + "parameterValue")?.Attribute("required")?.Value));
        Assert.NotEmpty(Paras(parameter.Element(Maml + "description")));
    }

    [Fact]
    public void Accepted_values_stand_below_the_description_because_Get_Help_shows_them_nowhere_else()
    {
        var kind = Sample().Element(Command + "parameters")!.Elements(Command + "parameter").Single(p => Name(p) == "Kind");
        Assert.Equal(["The kind of the widgets.", "Accepted values: Gear, Lever, Spring"], Paras(kind.Element(Maml + "description")));
    }

    [Fact]
    public void A_parameter_that_is_required_or_positional_in_one_set_is_so_in_the_list()
    {
        var text = Pages.Replace(PageFolder.Sample(PageFolder.Command), "-InputObject <Widget> [-Path <String>]", "-InputObject <Widget> [-Path] <String>");
        var second = "Parameter Sets: ByWidget\nAliases:\n\nRequired: False\nPosition: Named\nDefault value: ~/.widgets";
        var command = Only(Pages.Replace(text, second, second.Replace("False", "True", StringComparison.Ordinal).Replace("Named", "3", StringComparison.Ordinal)));
        var path = command.Element(Command + "parameters")!.Elements(Command + "parameter").Single(p => Name(p) == "Path");
        Assert.Equal(("true", "3"), (path.Attribute("required")?.Value, path.Attribute("position")?.Value));
        Assert.Equal(
            [("false", "named"), ("true", "3")],
            command.Descendants(Command + "syntaxItem").Select(i => i.Elements(Command + "parameter").Single(p => Name(p) == "Path")).Select(p => (p.Attribute("required")?.Value, p.Attribute("position")?.Value)));
    }

    [Fact]
    public void Types_of_inputs_and_outputs()
    {
        var command = Sample();
        var inputs = command.Element(Command + "inputTypes")!.Elements(Command + "inputType").ToList();
        Assert.Equal(["Widget", "System.String"], inputs.Select(i => i.Element(Dev + "type")?.Element(Maml + "name")?.Value));
        Assert.Equal(["You can pipe widgets to this cmdlet."], Paras(inputs[0].Element(Maml + "description")));
        var output = Assert.Single(command.Element(Command + "returnValues")!.Elements(Command + "returnValue"));
        Assert.Equal("Widgets.UpdateResult", output.Element(Dev + "type")?.Element(Maml + "name")?.Value);
    }

    [Fact]
    public void Examples_keep_the_order_of_text_code_and_output()
    {
        var examples = Sample().Element(Command + "examples")!.Elements(Command + "example").ToList();
        Assert.Equal("---------------- Example 1: Update every widget ----------------", examples[0].Element(Maml + "title")?.Value);
        Assert.Equal(["This updates everything in the store.\n\nTwo paragraphs stand here.\n\n"], Paras(examples[0].Element(Maml + "introduction")));
        Assert.Equal("Update-Widget\n\n   Store: default\n\nName   Status\n----   ------\ngear1  Updated", examples[0].Element(Dev + "code")?.Value);
        Assert.Equal(["The second column tells what happened.", ""], Paras(examples[0].Element(Dev + "remarks")));
        Assert.Null(examples[1].Element(Maml + "introduction"));
        Assert.Equal(["Then look at the result:\n\n    $new | Format-List\n\n    Name : gear1", ""], Paras(examples[1].Element(Dev + "remarks")));
        Assert.Equal("Update-Widget -Name gear*, <lever> -Confirm:$false", examples[2].Element(Dev + "code")?.Value);
    }

    [Fact]
    public void The_online_version_is_the_first_link()
    {
        var links = Sample().Element(Command + "relatedLinks")!.Elements(Maml + "navigationLink");
        Assert.Equal(
            [
                ("Online Version:", "https://example.org/widgets/blob/main/docs/help/Update-Widget.md"),
                ("Get-Widget", ""),
                ("The maker's manual", "https://example.org/manual"),
                ("about_Widgets", ""),
            ],
            links.Select(link => (link.Element(Maml + "linkText")?.Value ?? "", link.Element(Maml + "uri")?.Value ?? "")));
    }

    [Fact]
    public void A_page_that_is_nowhere_on_the_web_has_no_such_link()
    {
        var command = Only(Pages.Replace(Pages.Smallest, "online version: https://example.org/Get-It.md", "online version:"), Pages.SmallestName);
        Assert.Empty(command.Element(Command + "relatedLinks")!.Elements());
    }

    private static string? Name(XElement parameter) => parameter.Element(Maml + "name")?.Value;

    private static List<string> Paras(XElement? parent) => parent!.Elements(Maml + "para").Select(para => para.Value).ToList();

    private XElement Sample() => Only(PageFolder.Sample(PageFolder.Command));

    private XElement Only(string text, string name = PageFolder.Command) => Assert.Single(Build(_folder.Read(text, name)).Root!.Elements());

    private static XDocument Build(params HelpPage[] pages)
    {
        using var written = new MemoryStream();
        MamlWriter.Write(pages, written);
        written.Position = 0;
        return XDocument.Load(written, LoadOptions.PreserveWhitespace);
    }
}
