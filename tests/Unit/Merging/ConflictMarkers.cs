using System.Text;

namespace SkillMeat.Tests.Merging;

/// <summary>Reads the conflicts from a text with git's markers.</summary>
internal static class ConflictMarkers
{
    public static List<(string Local, string Upstream)> Read(byte[] marked)
    {
        var found = new List<(string, string)>();
        var (local, upstream) = (new StringBuilder(), new StringBuilder());
        StringBuilder? into = null;
        foreach (var raw in Encoding.UTF8.GetString(marked).Split('\n'))
        {
            var line = raw.TrimEnd('\r');
            switch (line)
            {
                case "<<<<<<< l":
                    into = local;
                    break;
                case "=======":
                    into = upstream;
                    break;
                case ">>>>>>> u":
                    found.Add((local.ToString(), upstream.ToString()));
                    local.Clear();
                    upstream.Clear();
                    into = null;
                    break;
                default:
                    into?.Append(line).Append('\n');
                    break;
            }
        }

        return found;
    }
}
