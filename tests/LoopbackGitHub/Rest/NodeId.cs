using System.Text;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Opaque ids, the same for the same thing.</summary>
internal static class NodeId
{
    public static string Of(string kind, object key) => $"{kind}_{Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key}")).TrimEnd('=')}";
}
