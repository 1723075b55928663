"""Parts of benchmarks/grade_validity.py: does the grade tell how well a model does that was trained on the data?"""
