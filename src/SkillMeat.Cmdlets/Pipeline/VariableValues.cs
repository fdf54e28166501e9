using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Security;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Reads the environment variables of an MCP server from a hashtable. A value may be a secure string; a null removes the variable.</summary>
internal static class VariableValues
{
    public static Dictionary<string, string?> Of(IDictionary? table)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (DictionaryEntry one in table ?? new Hashtable()) values[TextOf(one.Key) ?? ""] = TextOf(one.Value);
        return values;
    }

    private static string? TextOf(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => null,
        string text => text,
        SecureString secret => new NetworkCredential("", secret).Password,
        var other => Convert.ToString(other, CultureInfo.InvariantCulture),
    };
}
