using System.Runtime.CompilerServices;
using Xunit;

namespace SkillMeat.Tests.Browser.Support;

/// <summary>A test of the page in a browser; skipped, with the reason, where there is no browser or no page.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = Requirements.Missing;
}
