#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'Completion' {
    BeforeAll {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive 'tab')
        $null = New-SkmCollection -Name 'my work' -SkillMeatHome $sample
        $null = Invoke-SkmCollectionRefresh -Fields tags -SkillMeatHome $sample
        $null = Invoke-SkmCollectionRefresh -SkillMeatHome $sample
        $env:SKILLMEAT_HOME = $sample
    }

    AfterAll {
        $env:SKILLMEAT_HOME = $null
    }

    It 'offers collections, quoted where they need it' {
        (Get-Completion -Line 'Get-SkmCollection ').CompletionText | Should -Be 'default', "'my work'"
        (Get-Completion -Line 'Get-SkmArtifact -Collection d').CompletionText | Should -Be 'default'
        (Get-Completion -Line 'Get-SkmCollection d')[0].ToolTip | Should -Be '4 artifacts, active'
    }

    It 'offers artifacts with what they are for, of the type and collection that were typed' {
        (Get-Completion -Line 'Get-SkmArtifact p').CompletionText | Should -Be 'pdf-tools'
        (Get-Completion -Line 'Get-SkmArtifact p').ToolTip | Should -BeLike 'skill: Extract text*'
        (Get-Completion -Line 'Invoke-SkmCollectionRefresh -Type command -Name ').CompletionText | Should -Be 'changelog'
        Get-Completion -Line "Get-SkmArtifact -Collection 'my work' -Name " | Should -BeNullOrEmpty
    }

    It 'offers types and fields' {
        (Get-Completion -Line 'Get-SkmArtifact -Type s').CompletionText | Should -Be 'skill', 'spec_file'
        (Get-Completion -Line 'Invoke-SkmCollectionRefresh -Fields tags,d').CompletionText | Should -Be 'description', 'deprecated'
        (Get-Completion -Line 'Invoke-SkmCollectionRefresh -Fields lic').ToolTip | Should -BeLike 'Licence of the artifact*'
    }

    It 'offers snapshots, the newest first, with what they are from' {
        $snapshots = Get-SkmSnapshot
        $offered = Get-Completion -Line 'Restore-SkmSnapshot '
        $offered.CompletionText | Should -Be $snapshots.Id
        $offered.ToolTip | Should -Be $snapshots.Message
        (Get-Completion -Line 'Remove-SkmSnapshot -Id 2').Count | Should -Be 2
    }

    It 'looks into the home that was typed, relative to where one is' {
        $env:SKILLMEAT_HOME = $null
        Push-Location -LiteralPath $TestDrive
        try {
            (Get-Completion -Line 'Get-SkmCollection -SkillMeatHome tab/home -Name d').CompletionText | Should -Be 'default'
        }
        finally {
            Pop-Location
            $env:SKILLMEAT_HOME = $sample
        }
    }

    It 'offers nothing, not even files, where there is no home' {
        Get-Completion -Line "Get-SkmCollection -SkillMeatHome $TestDrive/none -Name " | Should -BeNullOrEmpty
        $Error.Clear()
        $null = Get-Completion -Line "Restore-SkmSnapshot -SkillMeatHome $TestDrive/none -Id "
        $Error.Count | Should -Be 0
    }
}
