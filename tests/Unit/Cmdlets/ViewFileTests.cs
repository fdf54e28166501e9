using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cmdlets;

/// <summary>Every type that a cmdlet returns has a table and a list, and they show existing properties.</summary>
public sealed partial class ViewFileTests
{
    private static readonly XDocument Views = XDocument.Load(Path.Combine(Checkout.Folder, "module", "SkillMeat.Format.ps1xml"));

    private static readonly XDocument Types = XDocument.Load(Path.Combine(Checkout.Folder, "module", "SkillMeat.Types.ps1xml"));

    public static TheoryData<string> OutputTypes => new(CmdletInfo.All.SelectMany(c => c.OutputTypes).Distinct().Select(t => t.FullName!));

    [Theory, MemberData(nameof(OutputTypes))]
    public void A_type_has_a_table_and_a_list(string type)
    {
        var views = ViewsOf(type);

        Assert.Single(views, v => v.Element("TableControl") is not null);
        Assert.Single(views, v => v.Element("ListControl") is not null);
    }

    [Theory, MemberData(nameof(OutputTypes))]
    public void Views_and_script_properties_name_properties_that_the_type_has(string type)
    {
        var shown = ViewsOf(type).SelectMany(v => v.Descendants("PropertyName")).Select(p => p.Value);
        var scripts = ViewsOf(type).SelectMany(v => v.Descendants("ScriptBlock")).Concat(MembersOf(type).Descendants("GetScriptBlock"));
        var scripted = scripts.SelectMany(s => NamedProperty().Matches(s.Value).Select(m => m.Groups[1].Value));
        var referenced = MembersOf(type).Descendants("ReferencedMemberName").Select(r => r.Value);

        Assert.All(shown.Concat(scripted).Concat(referenced), p => Assert.Contains(p, PropertiesOf(type)));
    }

    [Theory, MemberData(nameof(OutputTypes))]
    public void A_label_is_the_name_of_a_property(string type) =>
        Assert.All(ViewsOf(type).SelectMany(v => v.Descendants("Label")).Select(l => l.Value), label => Assert.Contains(label, PropertiesOf(type)));

    [Theory, MemberData(nameof(OutputTypes))]
    public void A_list_shows_every_property(string type)
    {
        var list = ViewsOf(type).Single(v => v.Element("ListControl") is not null);
        var shown = list.Descendants("ListItem").Select(i => (i.Element("Label") ?? i.Element("PropertyName"))!.Value);
        // The id of an artifact contains both.
        var known = TypeOf(type).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => p.Name).Where(p => p is not ("Name" or "Type") || TypeOf(type).GetProperty("ArtifactId") is null);

        Assert.Empty(known.Except(shown));
    }

    // Names, descriptions, paths and messages come from anybody's files, and a terminal obeys control characters.
    [Theory, MemberData(nameof(OutputTypes))]
    public void Texts_are_made_safe_for_a_terminal(string type)
    {
        var items = ViewsOf(type).SelectMany(v => v.Descendants("TableColumnItem").Concat(v.Descendants("ListItem"))).ToList();
        var shown = items.SelectMany(i => i.Elements("PropertyName")).Select(p => p.Value);
        var scripted = items.SelectMany(i => i.Elements("ScriptBlock")).SelectMany(s => NamedProperty().Matches(SafeOrCondition().Replace(s.Value, "")).Select(m => m.Groups[1].Value));

        Assert.DoesNotContain(shown.Concat(scripted), p => TypeOf(type).GetProperty(p)?.PropertyType == typeof(string) && p is not ("ErrorId" or "SnapshotId" or "SafetySnapshotId"));
    }

    [Fact]
    public void Tables_have_as_many_columns_as_headers() => Assert.All(
        Views.Descendants("TableControl"),
        t => Assert.Equal(t.Descendants("TableColumnHeader").Count(), t.Descendants("TableColumnItem").Count()));

    [Fact]
    public void Additional_names_of_properties_are_hidden_and_new() => Assert.All(Types.Root!.Elements("Type").GroupBy(t => t.Element("Name")!.Value), members =>
    {
        var names = members.SelectMany(t => t.Element("Members")!.Elements()).Select(m => m.Element("Name")!.Value).ToList();
        Assert.Equal(names.Distinct(StringComparer.OrdinalIgnoreCase), names);
        Assert.Empty(names.Intersect(TypeOf(members.Key).GetProperties().Select(p => p.Name), StringComparer.OrdinalIgnoreCase));
    });

    [GeneratedRegex(@"\$(?:_|this)\.(\w+)(?!\w*\()")]
    private static partial Regex NamedProperty();

    [GeneratedRegex(@"ViewText\]::\w+\(.*?\)+|if \(.*?\)")]
    private static partial Regex SafeOrCondition();

    private static Type TypeOf(string type) => CmdletInfo.All.SelectMany(c => c.OutputTypes).First(t => t.FullName == type);

    private static HashSet<string> PropertiesOf(string type) =>
        [.. TypeOf(type).GetProperties().Select(p => p.Name), .. MembersOf(type).Elements().Select(m => m.Element("Name")!.Value)];

    private static IEnumerable<XElement> MembersOf(string type) => Types.Root!.Elements("Type").Where(t => t.Element("Name")!.Value == type).Elements("Members");

    private static List<XElement> ViewsOf(string type) => Views.Descendants("View").Where(v => v.Descendants("TypeName").Any(t => t.Value == type)).ToList();
}
