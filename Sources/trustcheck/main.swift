print("trustcheck")
