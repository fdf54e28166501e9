using System.Xml.Linq;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cmdlets;

/// <summary>Every type that a cmdlet returns has a table and a list, and they show existing properties.</summary>
public sealed class ViewFileTests
{
    private static readonly XDocument Views = XDocument.Load(Path.Combine(Checkout.Folder, "module", "SkillMeat.Format.ps1xml"));

    public static TheoryData<string> OutputTypes => new(CmdletInfo.All.SelectMany(c => c.OutputTypes).Distinct().Select(t => t.FullName!));

    [Theory, MemberData(nameof(OutputTypes))]
    public void A_type_has_a_table_and_a_list(string type)
    {
        var views = ViewsOf(type);

        Assert.Single(views, v => v.Element("TableControl") is not null);
        Assert.Single(views, v => v.Element("ListControl") is not null);
    }

    [Theory, MemberData(nameof(OutputTypes))]
    public void Views_name_properties_that_the_type_has(string type)
    {
        var properties = CmdletInfo.All.SelectMany(c => c.OutputTypes).First(t => t.FullName == type).GetProperties().Select(p => p.Name).ToHashSet();
        var shown = ViewsOf(type).SelectMany(v => v.Descendants("PropertyName")).Select(p => p.Value);
        var scripted = ViewsOf(type).SelectMany(v => v.Descendants("ScriptBlock"))
            .SelectMany(s => System.Text.RegularExpressions.Regex.Matches(s.Value, @"\$_\.(\w+)(?!\w*\()").Select(m => m.Groups[1].Value));

        Assert.All(shown.Concat(scripted), p => Assert.Contains(p, properties));
    }

    [Fact]
    public void Tables_have_as_many_columns_as_headers() => Assert.All(
        Views.Descendants("TableControl"),
        t => Assert.Equal(t.Descendants("TableColumnHeader").Count(), t.Descendants("TableColumnItem").Count()));

    private static List<XElement> ViewsOf(string type) => Views.Descendants("View").Where(v => v.Descendants("TypeName").Any(t => t.Value == type)).ToList();
}
