#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'Repair-SkmHome' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
    }

    It 'finds nothing in a sound home' {
        Repair-SkmHome -SkillMeatHome $sample | Should -BeNullOrEmpty
        Repair-SkmHome -SkillMeatHome $sample -WhatIf | Should -BeNullOrEmpty
    }

    It 'puts right what can be put right, and only without -WhatIf' {
        $lock = Join-Path $sample 'collections/default/collection.lock'
        Add-Content -LiteralPath $lock -Value "`n[lock.entries.`"gone::skill`"]`ncontent_hash = `"$('0' * 64)`"`nfetched = `"2026-01-01T00:00:00`""
        $before = Get-HomeState -Path $sample -WithoutLocks
        $would = Repair-SkmHome -SkillMeatHome $sample -WhatIf
        $would.Finding | Should -BeLike '*skill:gone*'
        $would.Action | Should -BeLike 'would be *'
        Get-HomeState -Path $sample -WithoutLocks | Should -Be $before
        (Repair-SkmHome -SkillMeatHome $sample).IsLeft | Should -BeFalse
        Get-Content -LiteralPath $lock -Raw | Should -Not -BeLike '*gone*'
        Repair-SkmHome -SkillMeatHome $sample | Should -BeNullOrEmpty
    }

    It 'leaves what a person has to decide about, and an update finishes it' {
        Remove-Item -LiteralPath (Join-Path $sample 'collections/default/skills/pdf-tools') -Recurse
        $left = Repair-SkmHome -SkillMeatHome $sample
        $left.IsLeft | Should -BeTrue
        $left.Finding | Should -Be 'skill:pdf-tools has no files'
        $null = Update-SkmArtifact pdf-tools -SkillMeatHome $sample
        Repair-SkmHome -SkillMeatHome $sample | Should -BeNullOrEmpty
    }
}
