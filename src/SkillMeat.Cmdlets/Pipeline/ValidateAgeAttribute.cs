using System.Management.Automation;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Takes an age from nothing upwards. A whole number becomes so many ticks in PowerShell, which nobody means who types 30, and which would be any age at all.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ValidateAgeAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (LanguagePrimitives.ConvertTo<TimeSpan>(arguments) is var age && age != TimeSpan.Zero && age < TimeSpan.FromSeconds(1))
        {
            throw new ValidationMetadataException($"'{age}' is no age. Thirty days are (New-TimeSpan -Days 30) or '30.00:00:00'; a number alone would be ticks.");
        }
    }
}
